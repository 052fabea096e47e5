using System.Globalization;
using System.Numerics;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Tests.Fields;

/// <summary>
/// Arithmetic on blocks, on every path, against integers of any size, at the bounds that it states. Without AVX2 there
/// is nothing to test: the scalar path has its own suite.
/// </summary>
public sealed partial class FrBlockTests
{
    private const int Seed = 52104;
    private const int MaxTerms = 12;

    private static readonly BigInteger Modulus = BigInteger.Parse(
        "073eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001",
        NumberStyles.HexNumber,
        CultureInfo.InvariantCulture);

    private static readonly BigInteger Radix = BigInteger.One << 260;

    private static readonly BigInteger InverseRadix = BigInteger.ModPow(Radix, Modulus - 2, Modulus);

    private static readonly BigInteger GreatestLimb = (BigInteger.One << 51) + (1 << 12);

    [Fact]
    public void Multiply_AtTheBounds_IsMontgomeryProductWithinItsBound() => Run((path, random) =>
    {
        BigInteger[] left = Elements(random), right = Elements(random);
        var product = new FrBlock[1];
        FrBlocks.Multiply(path, [Write(left)], [Write(right)], product);
        BigInteger[] values = Read(product[0]);
        for (int i = 0; i < left.Length; i++)
        {
            AssertCongruent(left[i] * right[i] * InverseRadix, values[i]);
            AssertWithin((Modulus / 2) + 1 + (BigInteger.Abs(left[i] * right[i]) / Radix), values[i]);
        }
    });

    [Fact]
    public void Square_AtTheBounds_IsProductWithItself() => Run((path, random) =>
    {
        BigInteger[] value = Elements(random);
        var square = new FrBlock[1];
        FrBlocks.Square(path, [Write(value)], square);
        BigInteger[] values = Read(square[0]);
        for (int i = 0; i < value.Length; i++)
        {
            AssertCongruent(value[i] * value[i] * InverseRadix, values[i]);
            AssertWithin((Modulus / 2) + 1 + (value[i] * value[i] / Radix), values[i]);
        }
    });

    [Fact]
    public void Operations_ResultOverAnOperand_IsUnchanged() => Run((path, random) =>
    {
        FrBlock[] left = [Write(Elements(random)), Write(Elements(random))];
        FrBlock[] right = [Write(Elements(random)), Write(Elements(random))];
        var apart = new FrBlock[2];
        FrBlocks.Multiply(path, left, right, apart);
        FrBlock[] overLeft = [.. left], overRight = [.. right];
        FrBlocks.Multiply(path, overLeft, right, overLeft);
        FrBlocks.Multiply(path, left, overRight, overRight);
        Assert.Equal(apart.SelectMany(Read), overLeft.SelectMany(Read));
        Assert.Equal(apart.SelectMany(Read), overRight.SelectMany(Read));

        FrBlocks.Square(path, left, apart);
        FrBlocks.Square(path, left, left);
        Assert.Equal(apart.SelectMany(Read), left.SelectMany(Read));
    });

    [Fact]
    public void InnerProduct_OfConstants_AddsUpWithAddendAndWithWhatWasThere() => Run((path, random) =>
    {
        int terms = random.Next(1, MaxTerms + 1);
        BigInteger[][] values = [.. Enumerable.Range(0, terms).Select(_ => Elements(random))];
        Fr[] factors = [.. Enumerable.Range(0, terms).Select(_ => ToFr(Element(random)))];
        Fr addend = ToFr(Element(random));
        BigInteger[] before = [.. Elements(random).Select(value => value / 4)];

        FrBlock sum = default, total = Write(before);
        FrBlock[] blocks = [.. values.Select(Write)];
        FrBlocks.InnerProduct(path, blocks, factors, addend, add: false, ref sum);
        FrBlocks.InnerProduct(path, blocks, factors, addend, add: true, ref total);
        BigInteger[] sums = Read(sum), totals = Read(total);
        for (int i = 0; i < FrBlock.Elements; i++)
        {
            BigInteger expected = ToInteger(addend) * Radix;
            BigInteger magnitude = 0;
            for (int term = 0; term < terms; term++)
            {
                expected += values[term][i] * ToInteger(factors[term]);
                magnitude += BigInteger.Abs(values[term][i]) * (Modulus / 2) / Radix;
            }

            AssertCongruent(expected, sums[i]);
            AssertWithin(Modulus + terms + 1 + magnitude, sums[i]);
            AssertCongruent(expected + before[i], totals[i]);
        }
    });

    // Greatest sums that the columns take: as many terms as allowed, all limbs at their bound and of one sign.
    [Fact]
    public void InnerProduct_MostTermsAtTheBounds_DoesNotOverflow() => Run((path, random) =>
    {
        const int terms = FrColumns.MaxTerms;
        int sign = (random.Next(2) * 2) - 1;
        BigInteger value = sign * GreatestElement(random);
        FrBlock block = Write([.. Enumerable.Repeat(value, FrBlock.Elements)]);
        Fr factor = ToFr(Reduced((random.Next(2) == 0 ? -(Modulus / 2) : Modulus / 2) * InverseRadix));
        FrBlock sum = default;
        FrBlocks.InnerProduct(
            path,
            [.. Enumerable.Repeat(block, terms)],
            [.. Enumerable.Repeat(factor, terms)],
            Fr.Zero,
            add: false,
            ref sum);
        Assert.All(Read(sum), actual => AssertCongruent(terms * value * ToInteger(factor), actual));
    });

    [Fact]
    public void FromFrAndToFr_AnyElements_GiveThemBack() => Run((path, random) =>
    {
        Fr[] elements = [.. Enumerable.Range(0, 3 * FrBlock.Elements).Select(_ => ToFr(Element(random)))];
        var blocks = new FrBlock[3];
        FrBlocks.FromFr(path, elements, blocks);
        BigInteger[] values = [.. blocks.SelectMany(Read)];
        for (int i = 0; i < elements.Length; i++)
        {
            AssertCongruent(ToInteger(elements[i]) * Radix, values[i]);
            AssertWithin(Modulus, values[i]);
        }

        var back = new Fr[elements.Length];
        FrBlocks.ToFr(path, blocks, back);
        Assert.Equal(elements, back);
    });

    [Fact]
    public void ToFr_MultiplesOfModulusAndBounds_IsTheLeastRepresentative() => Run((path, random) =>
    {
        BigInteger[] values = [.. Elements(random).Select(value =>
            random.Next(2) == 0 ? (random.Next(31) - 15) * Modulus : value)];
        var elements = new Fr[FrBlock.Elements];
        FrBlocks.ToFr(path, [Write(values)], elements);
        Assert.Equal(values.Select(value => ToFr(Reduced(value * InverseRadix))), elements);
    });

    [Fact]
    public void Operations_Repeated_EqualPlainElements() => Run((path, random) =>
    {
        Fr[] left = [.. Enumerable.Range(0, FrBlock.Elements).Select(_ => ToFr(Element(random)))];
        Fr[] right = [.. Enumerable.Range(0, FrBlock.Elements).Select(_ => ToFr(Element(random)))];
        FrBlock[] a = new FrBlock[1], b = new FrBlock[1];
        FrBlocks.FromFr(path, left, a);
        FrBlocks.FromFr(path, right, b);
        for (int step = 0; step < 50; step++)
        {
            FrBlocks.Multiply(path, a, b, a);
            FrBlocks.Square(path, b, b);
            for (int i = 0; i < left.Length; i++)
            {
                left[i] *= right[i];
                right[i] = right[i].Square();
            }
        }

        var result = new Fr[FrBlock.Elements];
        FrBlocks.ToFr(path, a, result);
        Assert.Equal(left, result);
        FrBlocks.ToFr(path, b, result);
        Assert.Equal(right, result);
    });

    [Fact]
    public void Operations_Repeated_AllocateNothing() => Run((path, _) =>
    {
        FrBlock[] a = new FrBlock[4], b = new FrBlock[4];
        var elements = new Fr[4 * FrBlock.Elements];
        Allocations.AssertNone(() =>
        {
            FrBlocks.FromFr(path, elements, a);
            FrBlocks.Multiply(path, a, b, b);
            FrBlocks.Square(path, a, b);
            FrBlocks.ToFr(path, b, elements);
        });
    });

    [Fact]
    public void Operations_LengthsThatDiffer_AreRefused()
    {
        FrBlock[] one = new FrBlock[1], two = new FrBlock[2];
        Assert.Throws<ArgumentException>(() => FrBlocks.Multiply(one, two, two));
        Assert.Throws<ArgumentException>(() => FrBlocks.Multiply(two, one, two));
        Assert.Throws<ArgumentException>(() => FrBlocks.Square(one, two));
        Assert.Throws<ArgumentException>(() => FrBlocks.FromFr(new Fr[17], one));
        Assert.Throws<ArgumentException>(() => FrBlocks.ToFr(one, new Fr[15]));
    }

    [Fact]
    public void Buffer_New_IsZero_DisposedIsRefused()
    {
        using var buffer = new FrBlockBuffer(3);
        Assert.Equal(3, buffer.Blocks.Length);
        Assert.All(buffer.Blocks.ToArray().SelectMany(Read), value => Assert.True(value.IsZero));
        buffer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => buffer.Blocks.Length);
    }

    [Fact]
    public void Digits_OfConstants_AreNearestToZero()
    {
        var random = new Random(Seed);
        var limbs = new double[FrBlock.Limbs];
        for (int run = 0; run < 200; run++)
        {
            BigInteger value = Element(random);
            FrDigits.Write(ToFr(value), limbs);
            BigInteger read = 0;
            for (int i = FrBlock.Limbs - 1; i >= 0; i--)
            {
                Assert.InRange(limbs[i], -(double)(1L << 51), 1L << 51);
                read = (read << 52) + (BigInteger)limbs[i];
            }

            AssertCongruent(value * Radix, read);
            AssertWithin(Modulus / 2, read);
        }
    }

    private static void Run(Action<FieldPath, Random> test)
    {
        foreach (FieldPath path in FieldPaths.Supported.Where(path => path != FieldPath.Scalar))
        {
            var random = new Random(Seed);
            for (int run = 0; run < 60; run++)
            {
                test(path, random);
            }
        }
    }
}
