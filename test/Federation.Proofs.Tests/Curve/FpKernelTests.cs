using System.Numerics;
using Federation.Proofs.Curve;

namespace Federation.Proofs.Tests.Curve;

/// <summary>
/// Arithmetic in eight lanes against integers of any size, at the bounds that it states. Where a kernel's instructions
/// are missing there is nothing to test: the scalar field has its own suite.
/// </summary>
public sealed class FpKernelTests
{
    private const int Seed = 52107, Runs = 300;

    private static readonly BigInteger Modulus = new(
        System.Runtime.InteropServices.MemoryMarshal.AsBytes(Fp.ModulusLimbs), isUnsigned: true);

    private static readonly BigInteger InverseRadix =
        BigInteger.ModPow(BigInteger.One << 416, Modulus - 2, Modulus);

    private static readonly BigInteger GreatestLimb = (BigInteger.One << 51) + (1 << 12);

    [Fact]
    public void Multiply_AtTheBounds_IsMontgomeryProductWithinItsBound()
    {
        MultiplyAtTheBoundsIsMontgomeryProductWithinItsBound<FpAvx512>();
        MultiplyAtTheBoundsIsMontgomeryProductWithinItsBound<FpAvx2>();
    }

    private static void MultiplyAtTheBoundsIsMontgomeryProductWithinItsBound<TKernel>()
        where TKernel : struct, IFpKernel => Run<TKernel>(random =>
    {
        BigInteger[] left = Elements(random), right = Elements(random);
        var product = new double[FpAvx512.BlockLength];
        FpLaneBlock<TKernel>.Multiply(Write(left), Write(right), product);
        BigInteger[] values = Read(product);
        for (int i = 0; i < values.Length; i++)
        {
            Assert.True(
                Reduced(left[i] * right[i] * InverseRadix) == Reduced(values[i]), $"{left[i]}, {right[i]}, seed {Seed}");
            Assert.InRange(values[i], -Modulus / 1024, Modulus + (Modulus / 1024));
        }
    });

    [Fact]
    public void Save_AnyMultiple_IsTheLeastRepresentative()
    {
        SaveAnyMultipleIsTheLeastRepresentative<FpAvx512>();
        SaveAnyMultipleIsTheLeastRepresentative<FpAvx2>();
    }

    private static void SaveAnyMultipleIsTheLeastRepresentative<TKernel>()
        where TKernel : struct, IFpKernel => Run<TKernel>(random =>
    {
        BigInteger[] values = [.. Elements(random).Select(value =>
            random.Next(2) == 0 ? random.Next(-1024, 1025) * Modulus : value)];
        var words = new ulong[FpAvx512.Words * FpAvx512.Lanes];
        FpLaneBlock<TKernel>.Save(Write(values), words);
        for (int lane = 0; lane < FpAvx512.Lanes; lane++)
        {
            Assert.Equal(Reduced(values[lane]), FromWords(words, lane));
        }
    });

    [Fact]
    public void Load_AnyWords_SavesThemReduced()
    {
        LoadAnyWordsSavesThemReduced<FpAvx512>();
        LoadAnyWordsSavesThemReduced<FpAvx2>();
    }

    private static void LoadAnyWordsSavesThemReduced<TKernel>()
        where TKernel : struct, IFpKernel => Run<TKernel>(random =>
    {
        var words = new ulong[FpAvx512.Words * FpAvx512.Lanes];
        random.NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(words.AsSpan()));
        var block = new double[FpAvx512.BlockLength];
        FpLaneBlock<TKernel>.Load(words, block);
        BigInteger[] values = Read(block);
        var saved = new ulong[words.Length];
        FpLaneBlock<TKernel>.Save(block, saved);
        for (int lane = 0; lane < FpAvx512.Lanes; lane++)
        {
            Assert.Equal(FromWords(words, lane), values[lane]);
            Assert.Equal(Reduced(values[lane]), FromWords(saved, lane));
        }
    });

    [Fact]
    public void Operations_Repeated_AllocateNothing()
    {
        OperationsRepeatedAllocateNothing<FpAvx512>();
        OperationsRepeatedAllocateNothing<FpAvx2>();
    }

    private static void OperationsRepeatedAllocateNothing<TKernel>()
        where TKernel : struct, IFpKernel => Run<TKernel>(_ =>
    {
        var block = new double[FpAvx512.BlockLength];
        Allocations.AssertNone(() => FpLaneBlock<TKernel>.Multiply(block, block, block));
    });

    private static void Run<TKernel>(Action<Random> test)
        where TKernel : struct, IFpKernel
    {
        if (!TKernel.IsSupported)
        {
            return;
        }

        var random = new Random(Seed);
        for (int run = 0; run < Runs; run++)
        {
            test(random);
        }
    }

    private static BigInteger Reduced(BigInteger value) => ((value % Modulus) + Modulus) % Modulus;

    // Up to 2^10·p in magnitude: edges, random ones, and all limbs at the bound.
    private static BigInteger[] Elements(Random random) =>
        [.. Enumerable.Range(0, FpAvx512.Lanes).Select(_ =>
        {
            var bytes = new byte[60];
            random.NextBytes(bytes);
            BigInteger any = new BigInteger(bytes, isUnsigned: true) % Modulus;
            return random.Next(5) switch
            {
                0 => random.Next(-1024, 1025) * Modulus,
                1 => any * random.Next(-1023, 1024),
                2 => ((random.Next(2) * 2) - 1) * Enumerable.Range(0, 7)
                    .Aggregate(random.Next(1 << 20) * (BigInteger.One << 364), (sum, i) => sum + (GreatestLimb << (52 * i))),
                3 => Modulus - random.Next(3),
                _ => any,
            };
        })];

    private static double[] Write(BigInteger[] values)
    {
        var block = new double[FpAvx512.BlockLength];
        for (int lane = 0; lane < values.Length; lane++)
        {
            BigInteger rest = BigInteger.Abs(values[lane]);
            for (int limb = 0; limb < 8; limb++)
            {
                BigInteger digit = limb == 7 ? rest : rest - ((rest >> 52) << 52);
                digit = limb < 7 && digit > GreatestLimb ? digit - (BigInteger.One << 52) : digit;
                block[(limb * FpAvx512.Lanes) + lane] = values[lane].Sign * (double)digit;
                rest = (rest - digit) >> 52;
            }
        }

        return block;
    }

    private static BigInteger[] Read(double[] block)
    {
        var values = new BigInteger[FpAvx512.Lanes];
        for (int i = block.Length - 1; i >= 0; i--)
        {
            var limb = (BigInteger)block[i];
            Assert.InRange(limb, -GreatestLimb, GreatestLimb);
            values[i % FpAvx512.Lanes] = (values[i % FpAvx512.Lanes] << 52) + limb;
        }

        return values;
    }

    private static BigInteger FromWords(ulong[] words, int lane)
    {
        BigInteger value = 0;
        for (int word = FpAvx512.Words - 1; word >= 0; word--)
        {
            value = (value << 64) + words[(lane * FpAvx512.Words) + word];
        }

        return value;
    }
}
