namespace Federation.Proofs.Groth16.Parameters;

/// <summary>The files of a circuit's parameters.</summary>
public enum ParameterFile
{
    /// <summary>The <c>.vk</c> file, a few KiB, which is all that verification needs.</summary>
    VerifyingKey,

    /// <summary>The <c>.params</c> file, up to tens of GiB, which proving needs; it begins with the key.</summary>
    Parameters,
}
