using Federation.Proofs.Curve;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Msm;

/// <summary>
/// Products of one point of G1 with many scalars, as parameters are made of. Holds a table of up to 8 MiB; safe to use
/// from many threads until it is disposed of. Scalars may be secret: copies of them are wiped, but time depends on
/// them.
/// </summary>
public sealed unsafe class G1FixedBase : IDisposable
{
    private readonly IFixedBaseTable<Fp> _table;

    /// <summary>A table that pays for so many scalars in all.</summary>
    public G1FixedBase(in G1Affine point, long scalars)
        : this(FieldPaths.Best, point, scalars)
    {
    }

    internal G1FixedBase(FieldPath path, in G1Affine point, long scalars) =>
        _table = MsmPaths.Table<Fp>(path, new AffinePoint<Fp>(point.X, point.Y), scalars);

    /// <summary>Writes the point times each scalar.</summary>
    /// <exception cref="ArgumentException">The spans are not of one length.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Multiply(
        ReadOnlySpan<Fr> scalars, Span<G1Affine> products, int threads, CancellationToken cancellationToken)
    {
        MsmSpans.RequireSame(products.Length, scalars.Length);
        fixed (Fr* first = scalars)
        fixed (G1Affine* firstProduct = products)
        {
            _table.Multiply(
                first, scalars.Length, (AffinePoint<Fp>*)firstProduct, threads, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _table.Dispose();
}
