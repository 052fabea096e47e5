using System.Runtime.CompilerServices;

namespace Federation.Proofs.Curve;

/// <summary>
/// Inverses modulo p by division steps (Bernstein, Yang: Fast constant-time gcd computation and modular inversion,
/// 2019), in the form that starts from δ = 1/2, which needs fewer: at most (45907·381 + 26313) / 19929 = 878 for
/// operands of 381 bits (Wuille, safegcd-bounds, 2021). Thirty steps at a time look at the lowest words alone and leave
/// a matrix, which is then applied to the whole numbers. The same steps whatever the operands are: time does not depend
/// on them. Numbers are 13 signed words of 30 bits, least significant first. No state; safe to call from any thread.
/// </summary>
internal static unsafe class Divsteps
{
    /// <summary>Words of a number.</summary>
    public const int Words = 13;

    /// <summary>Bits of a word, and steps of a batch.</summary>
    public const int WordBits = 30;

    private const int Batches = 30;
    private const long WordMask = (1L << WordBits) - 1;

    // 1/p modulo 2^30.
    private const long Inverse = 0x00030003;

    /// <summary>
    /// Puts factor / value modulo p, below p, in the value's place; zero stays zero.
    /// </summary>
    /// <param name="value">Limbs of an integer below p, 64 bits each, least significant first.</param>
    /// <param name="factor">Limbs of an integer below p.</param>
    [SkipLocalsInit]
    public static void Invert(Span<ulong> value, ReadOnlySpan<ulong> factor)
    {
        long* f = stackalloc long[Words], g = stackalloc long[Words], d = stackalloc long[Words];
        long* e = stackalloc long[Words], p = stackalloc long[Words];
        Cut(Fp.ModulusLimbs, p);
        Cut(Fp.ModulusLimbs, f);
        Cut(value, g);
        Cut(factor, e);
        new Span<long>(d, Words).Clear();

        // f and g are the numbers whose greatest divisor is sought, d and e what of the value's factor makes them:
        // f · factor = d · value and g · factor = e · value modulo p, throughout.
        long eta = -1;
        for (int batch = 0; batch < Batches; batch++)
        {
            Matrix matrix = Steps(ref eta, f[0] | (f[1] << WordBits), g[0] | (g[1] << WordBits));
            ApplyModulo(matrix, d, e, p);
            Apply(matrix, f, g);
        }

        // Now g is zero, and f is 1 or -1, whose sign d has; for a value of zero f is p, or its opposite, and d is
        // zero.
        Normalize(d, p, f[Words - 1] >> 63);
        Join(d, value);
    }

    /// <summary>
    /// So many steps that a word has bits. δ is kept as η = -(δ + 1/2), which is negative just when δ is positive.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Matrix Steps(ref long eta, long f, long g)
    {
        long u = 1, v = 0, q = 0, r = 1;
        for (int step = 0; step < WordBits; step++)
        {
            // Where g is odd, f is added to it, or taken off where δ is positive, when it takes g's old place as well.
            long negate = eta >> 63, odd = -(g & 1);
            g += ((f ^ negate) - negate) & odd;
            q += ((u ^ negate) - negate) & odd;
            r += ((v ^ negate) - negate) & odd;
            long swap = negate & odd;
            eta = (eta ^ swap) - 1;
            f += g & swap;
            u += q & swap;
            v += r & swap;
            g >>= 1;
            u <<= 1;
            v <<= 1;
        }

        return new Matrix(u, v, q, r);
    }

    // (f, g) becomes the matrix times it, over 2^30, which divides the products.
    private static void Apply(in Matrix matrix, long* f, long* g)
    {
        long u = matrix.U, v = matrix.V, q = matrix.Q, r = matrix.R;
        long sumF = ((u * f[0]) + (v * g[0])) >> WordBits, sumG = ((q * f[0]) + (r * g[0])) >> WordBits;
        for (int i = 1; i < Words; i++)
        {
            long wordF = f[i], wordG = g[i];
            sumF += (u * wordF) + (v * wordG);
            sumG += (q * wordF) + (r * wordG);
            f[i - 1] = sumF & WordMask;
            g[i - 1] = sumG & WordMask;
            sumF >>= WordBits;
            sumG >>= WordBits;
        }

        f[Words - 1] = sumF;
        g[Words - 1] = sumG;
    }

    // The same modulo p for numbers above -2p and below p, which they stay: multiples of p make 2^30 divide.
    private static void ApplyModulo(in Matrix matrix, long* d, long* e, long* p)
    {
        long u = matrix.U, v = matrix.V, q = matrix.Q, r = matrix.R;
        long signD = d[Words - 1] >> 63, signE = e[Words - 1] >> 63;
        long sumD = (u * d[0]) + (v * e[0]), sumE = (q * d[0]) + (r * e[0]);
        long multipleD = (u & signD) + (v & signE), multipleE = (q & signD) + (r & signE);
        multipleD -= ((Inverse * sumD) + multipleD) & WordMask;
        multipleE -= ((Inverse * sumE) + multipleE) & WordMask;
        sumD = (sumD + (multipleD * p[0])) >> WordBits;
        sumE = (sumE + (multipleE * p[0])) >> WordBits;
        for (int i = 1; i < Words; i++)
        {
            long wordD = d[i], wordE = e[i], wordP = p[i];
            sumD += (u * wordD) + (v * wordE) + (multipleD * wordP);
            sumE += (q * wordD) + (r * wordE) + (multipleE * wordP);
            d[i - 1] = sumD & WordMask;
            e[i - 1] = sumE & WordMask;
            sumD >>= WordBits;
            sumE >>= WordBits;
        }

        d[Words - 1] = sumD;
        e[Words - 1] = sumE;
    }

    // From above -2p and below p, negated where the mask is set, to the least representative.
    private static void Normalize(long* d, long* p, long negate)
    {
        AddModulusIfNegative(d, p);
        for (int i = 0; i < Words; i++)
        {
            d[i] = (d[i] ^ negate) - negate;
        }

        Carry(d);
        AddModulusIfNegative(d, p);
    }

    private static void AddModulusIfNegative(long* d, long* p)
    {
        long negative = d[Words - 1] >> 63;
        for (int i = 0; i < Words; i++)
        {
            d[i] += p[i] & negative;
        }

        Carry(d);
    }

    private static void Carry(long* d)
    {
        for (int i = 0; i < Words - 1; i++)
        {
            d[i + 1] += d[i] >> WordBits;
            d[i] &= WordMask;
        }
    }

    private static void Cut(ReadOnlySpan<ulong> limbs, long* words)
    {
        for (int i = 0; i < Words; i++)
        {
            int limb = WordBits * i / 64, shift = WordBits * i % 64;
            ulong bits = limbs[limb] >> shift;
            if (shift > 64 - WordBits && limb + 1 < limbs.Length)
            {
                bits |= limbs[limb + 1] << (64 - shift);
            }

            words[i] = (long)bits & WordMask;
        }
    }

    private static void Join(long* words, Span<ulong> limbs)
    {
        limbs.Clear();
        for (int i = 0; i < Words; i++)
        {
            int limb = WordBits * i / 64, shift = WordBits * i % 64;
            limbs[limb] |= (ulong)words[i] << shift;
            if (shift > 64 - WordBits && limb + 1 < limbs.Length)
            {
                limbs[limb + 1] |= (ulong)words[i] >> (64 - shift);
            }
        }
    }

    /// <summary>2^30 times what a batch of steps does to two numbers. Entries are at most 2^30 in magnitude, those of a
    /// row together.</summary>
    private readonly struct Matrix(long u, long v, long q, long r)
    {
        public readonly long U = u, V = v, Q = q, R = r;
    }
}
