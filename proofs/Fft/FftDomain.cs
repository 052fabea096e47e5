using Federation.Proofs.Fields;

namespace Federation.Proofs.Fft;

/// <summary>
/// The 2^k points root^i at which polynomials of less than 2^k coefficients have their values, and their coset
/// shift · root^i. Transforms work in place, on as many threads as told, with 0.4 MiB of memory for each thread.
/// Immutable, safe to share; a transform owns the elements that it is given until it returns. When one is cancelled,
/// what they hold is undefined.
/// </summary>
public sealed partial class FftDomain
{
    /// <summary>The greatest k: longer spans do not exist.</summary>
    public const int MaxLogSize = 30;

    /// <summary>The domain of 2^<paramref name="logSize"/> points.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not from 0 to <see cref="MaxLogSize"/>.</exception>
    public FftDomain(int logSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(logSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(logSize, MaxLogSize);
        LogSize = logSize;
    }

    /// <summary>k.</summary>
    public int LogSize { get; }

    /// <summary>Number of points.</summary>
    public int Size => 1 << LogSize;

    /// <summary>The point at index 1, whose powers all points are.</summary>
    public Fr Root => RootsOfUnity.Root(LogSize);

    /// <summary>What the points of the coset are multiplied with: 7.</summary>
    public static Fr Shift => RootsOfUnity.Generator;

    /// <summary>The least domain with so many points.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public static FftDomain AtLeast(long points)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(points, 1L << MaxLogSize);
        int logSize = 0;
        while (1L << logSize < points)
        {
            logSize++;
        }

        return new FftDomain(logSize);
    }

    /// <summary>Coefficients to values, both in natural order.</summary>
    /// <exception cref="ArgumentException">Not as many elements as points.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Transform(Span<Fr> values, int threads, CancellationToken cancellationToken)
    {
        Evaluate(FieldPaths.Best, values, coset: false, threads, cancellationToken);
        ReverseBits(values, threads, cancellationToken);
    }

    /// <summary>Values to coefficients, both in natural order.</summary>
    /// <exception cref="ArgumentException">Not as many elements as points.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Inverse(Span<Fr> values, int threads, CancellationToken cancellationToken)
    {
        ReverseBits(values, threads, cancellationToken);
        Interpolate(FieldPaths.Best, values, coset: false, threads, cancellationToken);
    }

    /// <summary>Coefficients to values on the coset, both in natural order.</summary>
    /// <exception cref="ArgumentException">Not as many elements as points.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void CosetTransform(Span<Fr> values, int threads, CancellationToken cancellationToken)
    {
        Evaluate(FieldPaths.Best, values, coset: true, threads, cancellationToken);
        ReverseBits(values, threads, cancellationToken);
    }

    /// <summary>Values on the coset to coefficients, both in natural order.</summary>
    /// <exception cref="ArgumentException">Not as many elements as points.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void CosetInverse(Span<Fr> values, int threads, CancellationToken cancellationToken)
    {
        ReverseBits(values, threads, cancellationToken);
        Interpolate(FieldPaths.Best, values, coset: true, threads, cancellationToken);
    }

    /// <summary>
    /// Coefficients in natural order to values in bit-reversed order: the value at the i-th point lies where the lowest
    /// k bits of i are in reverse order. What is then done value by value, and brought back by
    /// <see cref="Interpolate(Span{Fr}, bool, int, CancellationToken)"/>, need not be put in order between.
    /// </summary>
    /// <exception cref="ArgumentException">Not as many elements as points.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Evaluate(Span<Fr> values, bool coset, int threads, CancellationToken cancellationToken) =>
        Evaluate(FieldPaths.Best, values, coset, threads, cancellationToken);

    /// <summary>Values in bit-reversed order to coefficients in natural order.</summary>
    /// <exception cref="ArgumentException">Not as many elements as points.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Interpolate(Span<Fr> values, bool coset, int threads, CancellationToken cancellationToken) =>
        Interpolate(FieldPaths.Best, values, coset, threads, cancellationToken);

    /// <summary>From natural to bit-reversed order, or back.</summary>
    /// <exception cref="ArgumentException">Not as many elements as points.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public unsafe void ReverseBits(Span<Fr> values, int threads, CancellationToken cancellationToken)
    {
        Require(values.Length, threads);
        fixed (Fr* first = values)
        {
            BitReversal.Run(first, LogSize, threads, cancellationToken);
        }
    }

    private void Require(int length, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        if (length != Size)
        {
            throw new ArgumentException($"A domain of {Size} points transforms as many elements, not {length}.");
        }
    }
}
