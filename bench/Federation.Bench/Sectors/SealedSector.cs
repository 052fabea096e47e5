using Federation.Bench.Figures;
using Federation.Proofs;

namespace Federation.Bench.Sectors;

/// <summary>A sector that was sealed for a figure, up to its C1 output.</summary>
/// <param name="Inputs">What its proofs are about.</param>
/// <param name="CachePath">The cache folder.</param>
/// <param name="SealedPath">The replica.</param>
/// <param name="ProofPath">The C1 output.</param>
internal sealed record SealedSector(SealPublicInputs Inputs, string CachePath, string SealedPath, string ProofPath)
{
    /// <summary>Seals one in the figure's folder.</summary>
    public static SealedSector Make(int registeredProof, FigureContext context, CancellationToken cancellationToken)
    {
        var data = new SectorData(SealConfig.FromRegistered(registeredProof));
        SharedParents.Require(data.Config, context, cancellationToken);
        var piece = Path.Combine(context.Directory, "piece");
        data.Write(piece, cancellationToken);
        var options = new SealOptions
        {
            Threads = context.Threads,
            ParentCacheDirectory = context.ParentCacheDirectory,
        };
        var seal = new SectorSeal(data, piece, context.Directory, options, null);
        return new SealedSector(seal.Run(cancellationToken), seal.CachePath, seal.SealedPath, seal.ProofPath);
    }
}
