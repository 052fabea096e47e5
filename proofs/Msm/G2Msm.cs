using Federation.Proofs.Curve;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Msm;

/// <summary>
/// Sums of many points of G2, each times its scalar. Scalars of zero cost nothing, scalars of one an addition. Time
/// depends on the scalars. Memory is bounded whatever their number: about 130 MiB, and 24 MiB for each thread.
/// Safe to call from many threads.
/// </summary>
public static unsafe class G2Msm
{
    /// <summary>The sum of bases times scalars.</summary>
    /// <exception cref="ArgumentException">The spans are not of one length.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static G2Point Sum(
        ReadOnlySpan<G2Affine> bases, ReadOnlySpan<Fr> scalars, int threads, CancellationToken cancellationToken) =>
        Sum(FieldPaths.Best, bases, scalars, threads, MsmPaths.PartPoints, cancellationToken);

    internal static G2Point Sum(
        FieldPath path,
        ReadOnlySpan<G2Affine> bases,
        ReadOnlySpan<Fr> scalars,
        int threads,
        int partPoints,
        CancellationToken cancellationToken)
    {
        MsmSpans.RequireSame(bases.Length, scalars.Length);
        fixed (G2Affine* first = bases)
        fixed (Fr* firstScalar = scalars)
        {
            return G2Point.FromJacobian(MsmPaths.Sum<Fp2, PointsInMemory<Fp2>>(
                new MsmInput(firstScalar, scalars.Length, null),
                new PointsInMemory<Fp2>((AffinePoint<Fp2>*)first, bases.Length),
                path,
                threads,
                partPoints,
                cancellationToken));
        }
    }

    /// <summary>
    /// The same with bases in uncompressed encodings, as parameter files have them, one for each scalar whose bit is
    /// set in <paramref name="density"/>. Only the form of the encodings is checked.
    /// </summary>
    /// <param name="bases">The first encoding, in memory that stays mapped meanwhile.</param>
    /// <param name="count">Number of encodings that are there.</param>
    /// <param name="scalars">The scalars.</param>
    /// <param name="density">A bit for each scalar, lowest first; empty: each has a base.</param>
    /// <param name="threads">Threads at most.</param>
    /// <param name="cancellationToken">Ends it within some milliseconds.</param>
    /// <exception cref="ArgumentException">More scalars have bases than there are; density is too short.</exception>
    /// <exception cref="InvalidPointException">An encoding is not of a point.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static G2Point SumEncoded(
        byte* bases,
        long count,
        ReadOnlySpan<Fr> scalars,
        ReadOnlySpan<ulong> density,
        int threads,
        CancellationToken cancellationToken) =>
        SumEncoded(FieldPaths.Best, bases, count, scalars, density, threads, cancellationToken);

    internal static G2Point SumEncoded(
        FieldPath path,
        ReadOnlySpan<byte> bases,
        ReadOnlySpan<Fr> scalars,
        ReadOnlySpan<ulong> density,
        int threads,
        CancellationToken cancellationToken)
    {
        fixed (byte* first = bases)
        {
            return SumEncoded(
                path, first, bases.Length / G2Affine.UncompressedBytes, scalars, density, threads,
                cancellationToken);
        }
    }

    private static G2Point SumEncoded(
        FieldPath path,
        byte* bases,
        long count,
        ReadOnlySpan<Fr> scalars,
        ReadOnlySpan<ulong> density,
        int threads,
        CancellationToken cancellationToken)
    {
        MsmSpans.RequireDensity(density.Length, scalars.Length);
        fixed (Fr* firstScalar = scalars)
        fixed (ulong* bits = density)
        {
            return G2Point.FromJacobian(MsmPaths.Sum<Fp2, EncodedPoints<G2Group, Fp2>>(
                new MsmInput(firstScalar, scalars.Length, bits),
                new EncodedPoints<G2Group, Fp2>(bases, count),
                path,
                threads,
                MsmPaths.PartPoints,
                cancellationToken));
        }
    }
}
