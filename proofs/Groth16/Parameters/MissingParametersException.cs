namespace Federation.Proofs.Groth16.Parameters;

/// <summary>A parameter file is not in the parameter cache; the message names circuit and file.</summary>
public sealed class MissingParametersException : FileNotFoundException
{
    /// <summary>Creates the exception.</summary>
    public MissingParametersException(CircuitId circuit, string path)
        : base($"the parameter file of circuit {circuit} is missing: {path}", path)
    {
    }
}
