using Federation.Proofs.Graph;
using Microsoft.Win32.SafeHandles;

namespace Federation.Proofs.Labels;

/// <summary>A layer that lies in a file.</summary>
/// <param name="File">Open for positioned reads.</param>
/// <param name="Path">Its name, for failures.</param>
internal sealed record LayerFile(SafeFileHandle File, string Path);

/// <summary>
/// Prepares windows: asks for the parents' numbers and fetches those of their labels that are not in memory, by
/// positioned reads on several threads. Files are not mapped, so that their pages are not this process's memory.
/// </summary>
internal sealed unsafe class LabelGatherer(IParentReader parents, int threads)
{
    private const int NodesPerPiece = 512;

    /// <summary>Fills the window.</summary>
    /// <param name="window">Already moved to its nodes.</param>
    /// <param name="current">
    /// The layer that is made, written up to the window's first resident node; null when in memory.
    /// </param>
    /// <param name="previous">The layer before; null when in memory or when there is none.</param>
    /// <param name="cancellationToken">Ends the work between pieces.</param>
    public void Prepare(
        LabelWindow window, LayerFile? current, LayerFile? previous, CancellationToken cancellationToken)
    {
        parents.Read(window.FirstNode, window.Parents.AsSpan(0, window.Count * SdrGraph.Degree));
        if (window.GatheredPerNode == 0 || (previous is null && window.ResidentFrom == 0))
        {
            return;
        }

        var pieces = (window.Count + NodesPerPiece - 1) / NodesPerPiece;
        ParallelLoop.Run(
            pieces,
            threads,
            piece => Gather(
                window, piece * NodesPerPiece, Math.Min((piece + 1) * NodesPerPiece, window.Count), current, previous),
            cancellationToken);
    }

    private static void Gather(LabelWindow window, int from, int to, LayerFile? current, LayerFile? previous)
    {
        for (var i = from; i < to; i++)
        {
            var row = window.Parents.AsSpan(i * SdrGraph.Degree, SdrGraph.Degree);
            var slots = window.Gathered + ((long)i * window.GatheredPerNode * SectorShape.NodeSize);
            for (var k = 0; k < SdrGraph.Degree; k++)
            {
                var source = k >= SdrGraph.BaseDegree ? previous : row[k] < window.ResidentFrom ? current : null;
                if (source is not null)
                {
                    var slot = new Span<byte>(slots + (k * SectorShape.NodeSize), SectorShape.NodeSize);
                    FileRegions.ReadExactly(source.File, source.Path, slot, (long)row[k] * SectorShape.NodeSize);
                }
            }
        }
    }
}
