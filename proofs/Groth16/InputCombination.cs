using Federation.Proofs.Curve;
using Federation.Proofs.Fields;
using Federation.Proofs.Msm;

namespace Federation.Proofs.Groth16;

/// <summary>
/// Sums of a verifying key's points for public inputs, each times a scalar that is no secret. Each scalar is parted in
/// two halves by the curve's cube root map; of each point the odd multiples that digits of five bits name are made
/// once, and so are their images. Immutable and safe to share between threads.
/// </summary>
internal sealed class InputCombination
{
    private const int BucketsFrom = 256, Digits = ScalarHalves.Bits + 1;
    private const int Multiples = JacobianPoint<Fp>.Multiples;

    private readonly G1Affine[] _points;

    // For each point its odd multiples, and then those by which the high half counts.
    private readonly G1Affine[] _multiples;

    /// <summary>Makes the multiples of points of which none is infinity.</summary>
    public InputCombination(IReadOnlyList<G1Affine> points)
    {
        _points = [.. points];
        _multiples = _points.Length < BucketsFrom ? WithImages(OddMultiples(_points)) : [];
    }

    /// <summary>
    /// The sum. Few scalars, mostly small node numbers, share their doublings and are added digit by digit in
    /// non-adjacent form; many go through buckets.
    /// </summary>
    /// <param name="scalars">As many scalars as there are points.</param>
    /// <exception cref="ArgumentException">There is another number of them.</exception>
    public G1Point Sum(ReadOnlySpan<Fr> scalars)
    {
        if (scalars.Length != _points.Length)
        {
            throw new ArgumentException($"{_points.Length} points cannot be multiplied by {scalars.Length} scalars");
        }

        return scalars.Length < BucketsFrom
            ? SumOfDigits(scalars)
            : G1Msm.Sum(_points, scalars, threads: 1, CancellationToken.None);
    }

    private G1Point SumOfDigits(ReadOnlySpan<Fr> scalars)
    {
        var halves = 2 * scalars.Length;
        var digits = new sbyte[Digits * halves];
        for (var i = 0; i < scalars.Length; i++)
        {
            ScalarHalves.Part(scalars[i], out var low, out var high);
            WriteDigits(low, digits.AsSpan(2 * i), halves);
            WriteDigits(high, digits.AsSpan((2 * i) + 1), halves);
        }

        var sum = G1Point.Infinity;
        for (var place = Digits - 1; place >= 0; place--)
        {
            sum = sum.IsInfinity ? sum : sum.Twice();
            sum = AddDigits(sum, digits.AsSpan(place * halves, halves));
        }

        return sum;
    }

    // Adds what the digits of one place name; most of them are zero.
    private G1Point AddDigits(G1Point sum, ReadOnlySpan<sbyte> digits)
    {
        int half;
        for (var from = 0; (half = digits[from..].IndexOfAnyExcept((sbyte)0)) >= 0; from += half + 1)
        {
            int digit = digits[from + half];
            ref readonly var multiple = ref _multiples[((from + half) * Multiples) + (Math.Abs(digit) >> 1)];
            sum += digit > 0 ? multiple : -multiple;
        }

        return sum;
    }

    private static void WriteDigits(UInt128 half, Span<sbyte> digits, int stride)
    {
        if (half == 0)
        {
            return;
        }

        Span<sbyte> row = stackalloc sbyte[Digits];
        JacobianPoint<Fp>.WriteDigits([(ulong)half, (ulong)(half >> 64)], row);
        for (var i = 0; i < row.Length; i++)
        {
            digits[i * stride] = row[i];
        }
    }

    private static G1Affine[] OddMultiples(ReadOnlySpan<G1Affine> points)
    {
        var odd = new G1Point[points.Length * Multiples];
        for (var i = 0; i < points.Length; i++)
        {
            var multiple = G1Point.FromAffine(points[i]);
            var twice = multiple.Twice();
            for (var j = 0; j < Multiples; j++)
            {
                odd[(i * Multiples) + j] = multiple;
                multiple += twice;
            }
        }

        var affine = new G1Affine[odd.Length];
        G1Point.ToAffine(odd, affine);
        return affine;
    }

    private static G1Affine[] WithImages(ReadOnlySpan<G1Affine> multiples)
    {
        var both = new G1Affine[2 * multiples.Length];
        for (var i = 0; i < multiples.Length; i++)
        {
            var place = (2 * i) - (i % Multiples);
            both[place] = multiples[i];
            both[place + Multiples] = ScalarHalves.OfHigh(multiples[i]);
        }

        return both;
    }
}
