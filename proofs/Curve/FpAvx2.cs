using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static Federation.Proofs.Curve.FpAvx512;
using static Federation.Proofs.Fields.LimbProducts;

namespace Federation.Proofs.Curve;

/// <summary>
/// <see cref="FpAvx512"/>'s arithmetic with the double-precision FMA that comes with AVX2, on the four lanes of half a
/// block at a time. The instructions round to nearest: the rest of a limb product has a sign, and one more addition
/// makes an integer of it. Limbs that come out are at most 2^51. Safe to call from any thread.
/// </summary>
internal readonly unsafe struct FpAvx2 : IFpKernel
{
    private const int Width = 4, Halves = Lanes / Width, LimbBits = 52, MostPairs = 2 * MostTerms;
    private const long HalfLimb = 1L << (LimbBits - 1);

    // What an arithmetic shift by 52 bits differs by from that of the number with its sign bit turned.
    private const long CarrySign = 1L << 11;

    // The sum of this and of a signed rest has a last bit of weight 1.
    private const double SignedMagic = 1.5 * LowMagic;

    private static readonly long[][] Columns =
        [.. Enumerable.Range(0, MostPairs + 1).Select(pairs => Pinned<long>(ColumnStarts(pairs + 1, SignedMagic)))];

    /// <inheritdoc/>
    public static bool IsSupported
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Avx2.IsSupported && Fma.IsSupported;
    }

    /// <inheritdoc/>
    public static void Load(ulong* words, nint stride, double* block)
    {
        for (int lane = 0; lane < Lanes; lane++, words += stride)
        {
            long carry = 0;
            for (int limb = 0; limb < Limbs; limb++)
            {
                int word = LimbBits * limb / 64, shift = LimbBits * limb % 64;
                ulong bits = words[word] >> shift;
                bits |= shift > 64 - LimbBits && word + 1 < Words ? words[word + 1] << (64 - shift) : 0;
                carry += (long)bits & LimbMask;
                long next = (carry + HalfLimb) >> LimbBits;
                block[(limb * Lanes) + lane] = carry - (next << LimbBits);
                carry = next;
            }
        }
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public static void Save(double* block, ulong* words, nint stride)
    {
        long* limbs = stackalloc long[Limbs];
        for (int lane = 0; lane < Lanes; lane++, words += stride)
        {
            double top = (block[(6 * Lanes) + lane] * InverseLimb) + block[(7 * Lanes) + lane];
            Subtract(block + lane, (long)Math.Round(top * Quotients), limbs);

            // Now within p/2 and a little: the negative ones want p.
            Add(limbs, limbs[Limbs - 1] >> 63);
            words[0] = (ulong)(limbs[0] | (limbs[1] << 52));
            words[1] = (ulong)((limbs[1] >> 12) | (limbs[2] << 40));
            words[2] = (ulong)((limbs[2] >> 24) | (limbs[3] << 28));
            words[3] = (ulong)((limbs[3] >> 36) | (limbs[4] << 16));
            words[4] = (ulong)((limbs[4] >> 48) | (limbs[5] << 4) | (limbs[6] << 56));
            words[5] = (ulong)((limbs[6] >> 8) | (limbs[7] << 44));
        }
    }

    /// <inheritdoc/>
    public static void Multiply(double* left, double* right, double* product)
    {
        for (int lane = 0; lane < Lanes; lane += Width)
        {
            double* x = left + lane, y = right + lane;
            Sum<LaneByLane>(&x, Lanes, &y, 1, 1, product + lane);
        }
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public static void SumOfProducts<TRight>(
        double* left, int* places, double* right, int step, int terms, double* sum)
        where TRight : struct, ILaneOperand
    {
        double* result = stackalloc double[2 * BlockLength];
        double** x = stackalloc double*[MostPairs], y = stackalloc double*[MostPairs];
        for (int half = 0; half < Halves; half++)
        {
            for (int term = 0; term < terms; term++)
            {
                x[term] = left + places[term] + (half * Width);
                x[terms + term] = x[term] + WideLength;
                y[term] = right + (term * step) + TRight.Offset(half * Width);
                y[terms + term] = y[term] + BlockLength;
            }

            Sum<TRight>(x, WideRow, y, 2 * terms, terms, result + (half * Width));
            for (int term = 0; term < terms; term++)
            {
                double* first = y[term];
                y[term] = y[terms + term];
                y[terms + term] = first;
            }

            Sum<TRight>(x, WideRow, y, 2 * terms, 2 * terms, result + (half * Width) + BlockLength);
        }

        new ReadOnlySpan<double>(result, 2 * BlockLength).CopyTo(new Span<double>(sum, 2 * BlockLength));
    }

    // The first so many pairs' products less those of the rest, in four lanes.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sum<TRight>(double** left, int leftRow, double** right, int pairs, int added, double* sum)
        where TRight : struct, ILaneOperand
    {
        Vector256<double> high = Vector256.Create(HighMagic), low = Vector256.Create(SignedMagic);
        double* modulus = First(ModulusLimbs);
        long* columns = First(Columns[pairs]);
        Vector256<long> t0 = Vector256.Create(columns[0]), t1 = Vector256.Create(columns[1]);
        Vector256<long> t2 = Vector256.Create(columns[2]), t3 = Vector256.Create(columns[3]);
        Vector256<long> t4 = Vector256.Create(columns[4]), t5 = Vector256.Create(columns[5]);
        Vector256<long> t6 = Vector256.Create(columns[6]), t7 = Vector256.Create(columns[7]);
        for (int row = 0; row < Limbs; row++)
        {
            Vector256<long> t8 = Vector256.Create(columns[Limbs + row]);
            for (int pair = 0; pair < pairs; pair++)
            {
                double* x = left[pair];
                Vector256<double> y = TRight.LoadHalf(right[pair] + (row * Lanes));
                y = pair < added ? y : -y;
                AddProduct(Vector256.Load(x), y, high, low, ref t0, ref t1);
                x += leftRow;
                AddProduct(Vector256.Load(x), y, high, low, ref t1, ref t2);
                x += leftRow;
                AddProduct(Vector256.Load(x), y, high, low, ref t2, ref t3);
                x += leftRow;
                AddProduct(Vector256.Load(x), y, high, low, ref t3, ref t4);
                x += leftRow;
                AddProduct(Vector256.Load(x), y, high, low, ref t4, ref t5);
                x += leftRow;
                AddProduct(Vector256.Load(x), y, high, low, ref t5, ref t6);
                x += leftRow;
                AddProduct(Vector256.Load(x), y, high, low, ref t6, ref t7);
                x += leftRow;
                AddProduct(Vector256.Load(x), y, high, low, ref t7, ref t8);
            }

            // Montgomery's step on the lowest column: the multiple of p that clears its low 52 bits. From these the
            // starting value has taken what the multiple's own rest will be offset by.
            Vector256<long> factor = ((t0 + Vector256.Create(HalfLimb)) * Vector256.Create(NegativeInverse))
                & Vector256.Create(LimbMask);
            Vector256<double> q = (factor | Vector256.Create(LowMagic).AsInt64()).AsDouble()
                - Vector256.Create(LowMagic);
            AddProduct(Vector256.Create(modulus[0]), q, high, low, ref t0, ref t1);
            AddProduct(Vector256.Create(modulus[1]), q, high, low, ref t1, ref t2);
            AddProduct(Vector256.Create(modulus[2]), q, high, low, ref t2, ref t3);
            AddProduct(Vector256.Create(modulus[3]), q, high, low, ref t3, ref t4);
            AddProduct(Vector256.Create(modulus[4]), q, high, low, ref t4, ref t5);
            AddProduct(Vector256.Create(modulus[5]), q, high, low, ref t5, ref t6);
            AddProduct(Vector256.Create(modulus[6]), q, high, low, ref t6, ref t7);
            AddProduct(Vector256.Create(modulus[7]), q, high, low, ref t7, ref t8);
            t0 = t1 + Carry(t0);
            (t1, t2, t3, t4, t5, t6, t7) = (t2, t3, t4, t5, t6, t7, t8);
        }

        Vector256<long> carry = StoreLimb(t0, sum);
        carry = StoreLimb(t1 + carry, sum + Lanes);
        carry = StoreLimb(t2 + carry, sum + (2 * Lanes));
        carry = StoreLimb(t3 + carry, sum + (3 * Lanes));
        carry = StoreLimb(t4 + carry, sum + (4 * Lanes));
        carry = StoreLimb(t5 + carry, sum + (5 * Lanes));
        carry = StoreLimb(t6 + carry, sum + (6 * Lanes));
        StoreLimb(t7 + carry, sum + (7 * Lanes));
    }

    // The limb nearest to the column; returns what it leaves to the next.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> StoreLimb(Vector256<long> column, double* destination)
    {
        Vector256<long> carry = Carry(column + Vector256.Create(HalfLimb));
        Vector256<long> limb = column - Vector256.ShiftLeft(carry, LimbBits);
        ((limb + Vector256.Create(SignedMagic).AsInt64()).AsDouble() - Vector256.Create(SignedMagic))
            .Store(destination);
        return carry;
    }

    // An arithmetic shift, which AVX2 lacks.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> Carry(Vector256<long> column) =>
        Vector256.ShiftRightLogical(column ^ Vector256.Create(long.MinValue), LimbBits) - Vector256.Create(CarrySign);

    private static void Subtract(double* element, long multiple, long* limbs)
    {
        long carry = 0;
        for (int limb = 0; limb < Limbs; limb++)
        {
            carry += (long)element[limb * Lanes] - (multiple * UnsignedModulusLimbs[limb]);
            limbs[limb] = limb < Limbs - 1 ? carry & LimbMask : carry;
            carry >>= LimbBits;
        }
    }

    private static void Add(long* limbs, long mask)
    {
        long carry = 0;
        for (int limb = 0; limb < Limbs; limb++)
        {
            carry += limbs[limb] + (mask & UnsignedModulusLimbs[limb]);
            limbs[limb] = limb < Limbs - 1 ? carry & LimbMask : carry;
            carry >>= LimbBits;
        }
    }
}
