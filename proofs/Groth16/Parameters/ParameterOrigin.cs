namespace Federation.Proofs.Groth16.Parameters;

/// <summary>Where parameters come from, which decides what their proofs are worth.</summary>
public enum ParameterOrigin
{
    /// <summary>Filecoin's trusted setup: the chain verifies proofs made with them.</summary>
    Official,

    /// <summary>Anything else: whoever made them may be able to prove what is false.</summary>
    TestParameters,
}
