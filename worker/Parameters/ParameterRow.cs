using Federation.Proofs.Groth16.Parameters;

namespace Federation.Worker.Parameters;

/// <summary>One parameter file, as <c>worker params</c> prints it.</summary>
/// <param name="Circuit">porep, window, winning, update or update-poseidon.</param>
/// <param name="SectorSize">The size's name.</param>
/// <param name="File">Path of the file.</param>
/// <param name="State">Missing, Official, TestParameters or Damaged.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Digest">Its digest as parameters.json has it; null where it was not read whole.</param>
/// <param name="Official">Digest of Filecoin's file; null where there is none.</param>
/// <param name="Reason">Why it cannot be used; null where it can, or is missing.</param>
internal sealed record ParameterRow(
    string Circuit,
    string SectorSize,
    string File,
    string State,
    long Size,
    string? Digest,
    string? Official,
    string? Reason)
{
    public static ParameterRow Of(ParameterReport report)
    {
        var official = OfficialDigests.Of(report.Circuit);
        return new ParameterRow(
            report.Circuit.KindName,
            report.Circuit.Shape.Name,
            report.Path,
            report.State.ToString(),
            report.Size,
            report.Digest,
            report.File == ParameterFile.VerifyingKey ? official?.VerifyingKey : official?.Parameters,
            report.Reason);
    }
}
