namespace Federation.Proofs.Groth16;

/// <summary>What is to be proved is not true: the witness does not satisfy the circuit.</summary>
public sealed class UnprovableException : InvalidOperationException
{
    /// <summary>Creates the exception.</summary>
    public UnprovableException()
        : base("there is no proof: the witness does not satisfy the circuit")
    {
    }
}
