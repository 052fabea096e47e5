using Federation.Bench.Figures;
using Federation.Proofs;
using Federation.Proofs.Graph;

namespace Federation.Bench.Sectors;

/// <summary>The parent cache file of a graph, made once and kept for the next run.</summary>
internal static class SharedParents
{
    /// <summary>Makes it when it is missing.</summary>
    /// <exception cref="InvalidDataException">It is damaged; the message says what to do.</exception>
    public static void Require(SealConfig config, FigureContext context, CancellationToken cancellationToken) =>
        ParentCacheFile.Open(
            new SdrGraph(config, tabulate: true),
            context.ParentCacheDirectory,
            context.Threads,
            verify: false,
            null,
            cancellationToken).Dispose();
}
