using Federation.Proofs.Curve;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Msm;

/// <summary>
/// Sums of many points of G1, each times its scalar. Scalars of zero cost nothing, scalars of one an addition. Time
/// depends on the scalars. Memory is bounded whatever their number: about 65 MiB, and 12 MiB for each thread.
/// Safe to call from many threads.
/// </summary>
public static unsafe class G1Msm
{
    /// <summary>The sum of bases times scalars.</summary>
    /// <exception cref="ArgumentException">The spans are not of one length.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static G1Point Sum(
        ReadOnlySpan<G1Affine> bases, ReadOnlySpan<Fr> scalars, int threads, CancellationToken cancellationToken) =>
        Sum(FieldPaths.Best, bases, scalars, threads, MsmPaths.PartPoints, cancellationToken);

    internal static G1Point Sum(
        FieldPath path,
        ReadOnlySpan<G1Affine> bases,
        ReadOnlySpan<Fr> scalars,
        int threads,
        int partPoints,
        CancellationToken cancellationToken)
    {
        MsmSpans.RequireSame(bases.Length, scalars.Length);
        fixed (G1Affine* first = bases)
        fixed (Fr* firstScalar = scalars)
        {
            return G1Point.FromJacobian(MsmPaths.Sum<Fp, PointsInMemory<Fp>>(
                new MsmInput(firstScalar, scalars.Length, null),
                new PointsInMemory<Fp>((AffinePoint<Fp>*)first, bases.Length),
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
    public static G1Point SumEncoded(
        byte* bases,
        long count,
        ReadOnlySpan<Fr> scalars,
        ReadOnlySpan<ulong> density,
        int threads,
        CancellationToken cancellationToken) =>
        SumEncoded(FieldPaths.Best, bases, count, scalars, density, threads, cancellationToken);

    internal static G1Point SumEncoded(
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
                path, first, bases.Length / G1Affine.UncompressedBytes, scalars, density, threads,
                cancellationToken);
        }
    }

    private static G1Point SumEncoded(
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
            return G1Point.FromJacobian(MsmPaths.Sum<Fp, EncodedPoints<G1Group, Fp>>(
                new MsmInput(firstScalar, scalars.Length, bits),
                new EncodedPoints<G1Group, Fp>(bases, count),
                path,
                threads,
                MsmPaths.PartPoints,
                cancellationToken));
        }
    }
}
