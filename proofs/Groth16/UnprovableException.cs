namespace Federation.Proofs.Groth16;

/// <summary>A proof was made and does not verify, though nothing is wrong with the parameters.</summary>
public sealed class UnprovableException : InvalidOperationException
{
    /// <summary>Creates the exception.</summary>
    public UnprovableException()
        : base("the proof does not verify: the witness does not satisfy the circuit")
    {
    }
}
