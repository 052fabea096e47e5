using Federation.Proofs.Constraints;

namespace Federation.Proofs.Tests.Constraints;

/// <summary>Keeps every row, for circuits of a few rows.</summary>
internal sealed class RecordedRows : IRowSink
{
    public List<(Term[] A, Term[] B, Term[] C)> Rows { get; } = [];

    public void Row(ReadOnlySpan<Term> a, ReadOnlySpan<Term> b, ReadOnlySpan<Term> c) =>
        Rows.Add((a.ToArray(), b.ToArray(), c.ToArray()));
}
