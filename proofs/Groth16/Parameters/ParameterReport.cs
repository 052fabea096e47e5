namespace Federation.Proofs.Groth16.Parameters;

/// <summary>What a look at one parameter file found.</summary>
/// <param name="Circuit">The circuit.</param>
/// <param name="File">Which of its files.</param>
/// <param name="Path">Where it is, or belongs.</param>
/// <param name="State">What was found there.</param>
/// <param name="Size">Its bytes; 0 where there is none.</param>
/// <param name="Digest">
/// The first 16 bytes of BLAKE2b-512 as hexadecimal digits, as <c>parameters.json</c> has them; null where the file was
/// not read whole.
/// </param>
/// <param name="Reason">Why it cannot be used; null where it can, or is missing.</param>
public sealed record ParameterReport(
    CircuitId Circuit,
    ParameterFile File,
    string Path,
    ParameterState State,
    long Size,
    string? Digest,
    string? Reason);
