using Federation.Hosting;
using Federation.Proofs;
using Federation.Proofs.Groth16.Parameters;

namespace Federation.Worker.Run;

/// <summary>
/// Whether a worker offers C2: where SECTOR_SIZE tells which parameters that takes, they have to be there. Immutable.
/// </summary>
/// <param name="Phases">What it offers.</param>
/// <param name="Missing">Why C2 is left out, one sentence; null where it is not.</param>
/// <param name="Origin">Whose parameters were found; null where none were looked for or found.</param>
/// <param name="Path">The file that was found.</param>
internal sealed record Commit2Offer(
    IReadOnlyList<string> Phases, string? Missing, ParameterOrigin? Origin, string Path)
{
    /// <summary>What the operator can do.</summary>
    public const string Remedy =
        "name the folder that holds it by FIL_PROOFS_PARAMETER_CACHE, or make a devnet's own with 'worker params "
        + "generate'";

    /// <summary>
    /// A worker that runs C2 because nothing was said goes without where it cannot; one that was asked for it does not
    /// start.
    /// </summary>
    /// <param name="phases">What its options choose.</param>
    /// <param name="isAsked">C2 was named, not only left on.</param>
    /// <param name="sectorSize">SECTOR_SIZE; 0 = not set: then a C2 that comes tells what is missing.</param>
    /// <param name="cache">Where parameters are looked for.</param>
    /// <param name="file">What is looked for: who has proofs made elsewhere needs the verifying key only.</param>
    /// <exception cref="OperatorException">C2 was asked for and cannot be done.</exception>
    public static Commit2Offer Of(
        IReadOnlyList<string> phases, bool isAsked, ulong sectorSize, ParameterCache cache,
        ParameterFile file = ParameterFile.Parameters)
    {
        if (sectorSize == 0 || !phases.Contains(WorkerPhases.Commit2))
        {
            return new Commit2Offer(phases, null, null, "");
        }

        try
        {
            var (path, origin) = Find(sectorSize, cache, file);
            return new Commit2Offer(phases, null, origin, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return isAsked
                ? throw new OperatorException($"C2 cannot be offered: {error.Message}", Remedy, error)
                : new Commit2Offer(
                    [.. phases.Where(static phase => phase != WorkerPhases.Commit2)],
                    $"C2 is not offered: {error.Message}", null, "");
        }
    }

    /// <summary>
    /// The file that C2 of sectors of a size needs. Whether the miner takes test files, its jobs tell.
    /// </summary>
    /// <exception cref="IOException">It is missing or damaged; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be read.</exception>
    public static (string Path, ParameterOrigin Origin) Find(
        ulong sectorSize, ParameterCache cache, ParameterFile file = ParameterFile.Parameters) => cache.Require(
        new CircuitId(CircuitKind.PoRep, SectorShape.FromSize(checked((long)sectorSize))), file,
        ParameterPolicy.Devnet, CancellationToken.None);
}
