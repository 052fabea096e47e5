namespace Federation.Proofs.Constraints;

/// <summary>A circuit's counts and the digest of all its rows: what two implementations compare.</summary>
/// <param name="Size">Counts, closing rows included.</param>
/// <param name="Sha256">SHA-256 of the canonical stream, in hexadecimal.</param>
/// <param name="Running">First 8 bytes, in hexadecimal, of the digest after every 65,536 rows.</param>
/// <param name="Outline">Stretches of at least 40 rows on the first 8 levels, in order of their first row; empty when
/// not asked for.</param>
public sealed record CircuitDigest(
    CircuitSize Size, string Sha256, IReadOnlyList<string> Running, IReadOnlyList<OutlineEntry> Outline)
{
    /// <summary>Digests a circuit.</summary>
    /// <param name="circuit">Circuit; needs no witness.</param>
    /// <param name="withOutline">True to digest each named stretch as well, which takes several times as long.</param>
    /// <param name="progress">Takes the part that is done, every 65,536 rows.</param>
    /// <param name="cancellationToken">Ends the work between two rows.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static CircuitDigest Compute(
        ICircuit circuit,
        bool withOutline = false,
        Action<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        double all = progress is null ? 0 : CountingSystem.Count(circuit).Constraints;
        using var rows = new RowDigest(progress is null ? null : done => progress(done / all));
        using var outline = withOutline ? new OutlineDigest() : null;
        var system = new RowSystem(outline is null ? rows : new RowPair(rows, outline), outline);
        system.Run(circuit, cancellationToken);
        return new CircuitDigest(system.Size, rows.Finish(), rows.Running, outline?.Entries ?? []);
    }

    private sealed class RowPair(IRowSink first, IRowSink second) : IRowSink
    {
        public void Row(ReadOnlySpan<Term> a, ReadOnlySpan<Term> b, ReadOnlySpan<Term> c)
        {
            first.Row(a, b, c);
            second.Row(a, b, c);
        }
    }
}
