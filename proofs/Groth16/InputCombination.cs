using System.Buffers.Binary;
using Federation.Proofs.Curve;
using Federation.Proofs.Fields;
using Federation.Proofs.Msm;

namespace Federation.Proofs.Groth16;

/// <summary>Sums of a verifying key's points for public inputs, each times a scalar that is no secret.</summary>
internal static class InputCombination
{
    private const int BucketsFrom = 256, Limbs = 5;

    /// <summary>
    /// The sum. Few scalars, mostly small node numbers, share their doublings and are added digit by digit in
    /// non-adjacent form; many go through buckets.
    /// </summary>
    /// <param name="points">Points.</param>
    /// <param name="scalars">As many scalars.</param>
    public static G1Point Sum(IReadOnlyList<G1Affine> points, ReadOnlySpan<Fr> scalars)
    {
        if (scalars.Length >= BucketsFrom)
        {
            return G1Msm.Sum(points as G1Affine[] ?? [.. points], scalars, threads: 1, CancellationToken.None);
        }

        var plus = new ulong[scalars.Length * Limbs];
        var minus = new ulong[scalars.Length * Limbs];
        for (var i = 0; i < scalars.Length; i++)
        {
            WriteDigits(scalars[i], plus.AsSpan(i * Limbs, Limbs), minus.AsSpan(i * Limbs, Limbs));
        }

        var sum = G1Point.Infinity;
        for (var bit = (64 * Limbs) - 1; bit > 0; bit--)
        {
            sum = sum.IsInfinity ? sum : sum.Twice();
            for (var i = 0; i < scalars.Length; i++)
            {
                var word = (i * Limbs) + (bit / 64);
                sum = IsSet(plus[word], bit) ? sum + points[i] : IsSet(minus[word], bit) ? sum + -points[i] : sum;
            }
        }

        return sum;
    }

    /// <summary>
    /// The digits 1 and -1 of the non-adjacent form, one bit higher than they count: where 3k has a bit and k has none,
    /// and the reverse.
    /// </summary>
    private static void WriteDigits(in Fr scalar, Span<ulong> plus, Span<ulong> minus)
    {
        Span<byte> bytes = stackalloc byte[Limbs * sizeof(ulong)];
        bytes.Clear();
        scalar.WriteBytes(bytes[..Fr.SizeBytes]);
        UInt128 carry = 0;
        for (var i = 0; i < Limbs; i++)
        {
            var limb = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(i * sizeof(ulong))..]);
            carry += (UInt128)limb * 3;
            plus[i] = (ulong)carry & ~limb;
            minus[i] = limb & ~(ulong)carry;
            carry >>= 64;
        }
    }

    private static bool IsSet(ulong word, int bit) => ((word >> (bit % 64)) & 1) != 0;
}
