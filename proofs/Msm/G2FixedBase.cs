using Federation.Proofs.Curve;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Msm;

/// <summary>
/// Products of one point of G2 with many scalars, as parameters are made of. Holds a table of up to 16 MiB; safe to use
/// from many threads until it is disposed of. Scalars may be secret: copies of them are wiped, but time depends on
/// them.
/// </summary>
public sealed unsafe class G2FixedBase : IDisposable
{
    private readonly IFixedBaseTable<Fp2> _table;

    /// <summary>A table that pays for so many scalars in all.</summary>
    public G2FixedBase(in G2Affine point, long scalars)
        : this(FieldPaths.Best, point, scalars)
    {
    }

    internal G2FixedBase(FieldPath path, in G2Affine point, long scalars) =>
        _table = MsmPaths.Table<Fp2>(path, new AffinePoint<Fp2>(point.X, point.Y), scalars);

    /// <summary>Writes the point times each scalar.</summary>
    /// <exception cref="ArgumentException">The spans are not of one length.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Multiply(
        ReadOnlySpan<Fr> scalars, Span<G2Affine> products, int threads, CancellationToken cancellationToken)
    {
        MsmSpans.RequireSame(products.Length, scalars.Length);
        fixed (Fr* first = scalars)
        fixed (G2Affine* firstProduct = products)
        {
            _table.Multiply(
                first, scalars.Length, (AffinePoint<Fp2>*)firstProduct, threads, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _table.Dispose();
}
