using System.Numerics;
using Federation.Proofs.Curve;
using static Federation.Proofs.Tests.Curve.FpNumbers;

namespace Federation.Proofs.Tests.Curve;

/// <summary>Bytes of points, and what is refused of them.</summary>
public abstract partial class GroupContractTests<TCase, TAffine, TPoint>
{
    private static int UncompressedBytes => 2 * TCase.CompressedBytes;

    [Fact]
    public void Encodings_OfPoints_AreReadBack()
    {
        var random = new Random(Seed);
        foreach (var point in Enumerable.Range(0, 20).Select(_ => RandomInside(random)).Append(TCase.AffineInfinity))
        {
            byte[] compressed = TCase.ToCompressed(point), opposite = TCase.ToCompressed(TCase.Negate(point));
            Assert.Equal(point, TCase.FromCompressed(compressed, PointChecks.Group));
            Assert.Equal(point, TCase.FromUncompressed(TCase.ToUncompressed(point), PointChecks.Group));
            Assert.Equal(TCase.Negate(point), TCase.FromCompressed(opposite, PointChecks.Group));
            Assert.Equal(TCase.IsInfinity(point), compressed.SequenceEqual(opposite));
        }
    }

    [Fact]
    public void Infinity_HasItsFlagsAndNothingElse()
    {
        var compressed = TCase.ToCompressed(TCase.AffineInfinity);
        var uncompressed = TCase.ToUncompressed(TCase.AffineInfinity);
        Assert.Equal(0xc0, compressed[0]);
        Assert.Equal(0x40, uncompressed[0]);
        Assert.All(compressed[1..], one => Assert.Equal(0, one));
        Assert.All(uncompressed[1..], one => Assert.Equal(0, one));
        foreach (var i in new[] { 0, 1, compressed.Length / 2, compressed.Length - 1 })
        {
            Assert.Equal(PointFault.Flags, Compressed(Altered(compressed, i, 1)));
            Assert.Equal(PointFault.Flags, Uncompressed(Altered(uncompressed, i, 1)));
            Assert.Equal(PointFault.Flags, Uncompressed(Altered(uncompressed, uncompressed.Length - 1 - i, 1)));
        }
    }

    [Fact]
    public void Flags_OfAnotherForm_AreRefused()
    {
        var compressed = TCase.ToCompressed(TCase.AffineGenerator);
        var uncompressed = TCase.ToUncompressed(TCase.AffineGenerator);
        foreach (var flags in new byte[] { 0x00, 0x20, 0x40, 0x60, 0xc0, 0xe0 })
        {
            Assert.Equal(PointFault.Flags, Compressed(WithFlags(compressed, flags)));
        }

        foreach (var flags in new byte[] { 0x20, 0x40, 0x60, 0x80, 0xa0, 0xc0, 0xe0 })
        {
            Assert.Equal(PointFault.Flags, Uncompressed(WithFlags(uncompressed, flags)));
        }

        Assert.Equal(PointFault.Flags, Compressed(WithFlags(new byte[TCase.CompressedBytes], 0xe0)));
        Assert.Equal(PointFault.Flags, Uncompressed(WithFlags(new byte[UncompressedBytes], 0x60)));
    }

    // x + p is the same element in other bytes.
    [Fact]
    public void Coordinates_FromModulusUp_AreRefused()
    {
        var compressed = TCase.ToCompressed(TCase.AffineGenerator);
        var uncompressed = TCase.ToUncompressed(TCase.AffineGenerator);
        for (var at = 0; at < uncompressed.Length; at += Fp.SizeBytes)
        {
            foreach (var value in new[] { Modulus, Modulus + 1, (BigInteger.One << 381) - 1 })
            {
                var other = (byte[])uncompressed.Clone();
                Bytes(value).CopyTo(other, at);
                Assert.Equal(PointFault.NotCanonical, Uncompressed(other));
                if (at < compressed.Length)
                {
                    other = (byte[])compressed.Clone();
                    Bytes(value).CopyTo(other, at);
                    other[0] |= 0x80;
                    Assert.Equal(PointFault.NotCanonical, Compressed(other));
                }
            }
        }
    }

    [Fact]
    public void Coordinates_OffTheCurve_AreRefused()
    {
        var uncompressed = TCase.ToUncompressed(TCase.AffineGenerator);
        Assert.Equal(PointFault.NotOnCurve, Uncompressed(Altered(uncompressed, uncompressed.Length - 1, 1)));
        Assert.Equal(PointFault.NotOnCurve, Uncompressed(Altered(uncompressed, 47, 1)));
        Assert.Equal(PointFault.NotOnCurve, Uncompressed(new byte[uncompressed.Length]));
        Assert.Equal(
            PointFault.NotOnCurve,
            TCase.TryFromUncompressed(new byte[uncompressed.Length], out _, PointChecks.Form));

        // About half of all x have no y.
        var faults = Enumerable.Range(1, 40).Select(x => Compressed(Small(x))).ToList();
        Assert.InRange(faults.Count(fault => fault == PointFault.NotOnCurve), 10, 30);
        Assert.DoesNotContain(PointFault.None, faults);
    }

    [Fact]
    public void Points_OutsideTheGroup_AreRefusedWhereAsked()
    {
        var random = new Random(Seed);
        for (var i = 0; i < 5; i++)
        {
            var other = TCase.OfCurve(random);
            Assert.Equal(PointFault.NotInGroup, Compressed(TCase.ToCompressed(other)));
            Assert.Equal(PointFault.NotInGroup, Uncompressed(TCase.ToUncompressed(other)));
            Assert.Equal(other, TCase.FromCompressed(TCase.ToCompressed(other), PointChecks.Curve));
            Assert.Equal(other, TCase.FromUncompressed(TCase.ToUncompressed(other), PointChecks.Curve));
        }
    }

    [Fact]
    public void Form_WithoutCurve_TakesAnyCoordinates()
    {
        var bytes = Altered(TCase.ToUncompressed(TCase.AffineGenerator), UncompressedBytes - 1, 1);
        Assert.Equal(PointFault.None, TCase.TryFromUncompressed(bytes, out var point, PointChecks.Form));
        Assert.Equal(bytes, TCase.ToUncompressed(point));
        Assert.False(TCase.IsOnCurve(point));
    }

    [Fact]
    public void Exceptions_NameTheFault()
    {
        var e = Assert.Throws<InvalidPointException>(() => TCase.FromCompressed(Small(0), PointChecks.Group));
        Assert.Contains(TCase.Name, e.Message, StringComparison.Ordinal);
        Assert.NotEqual(PointFault.None, e.Fault);
        Assert.Throws<ArgumentException>(
            () => TCase.FromCompressed(new byte[TCase.CompressedBytes - 1], PointChecks.Group));
        Assert.Throws<ArgumentException>(
            () => TCase.FromUncompressed(new byte[UncompressedBytes + 1], PointChecks.Group));
        Assert.Throws<ArgumentException>(
            () => TCase.WriteCompressed(TCase.AffineGenerator, new byte[UncompressedBytes]));
        Assert.Throws<ArgumentException>(
            () => TCase.WriteUncompressed(TCase.AffineGenerator, new byte[TCase.CompressedBytes]));
    }

    private static PointFault Compressed(byte[] bytes)
    {
        var fault = TCase.TryFromCompressed(bytes, out var point, PointChecks.Group);
        Assert.True(fault == PointFault.None || TCase.IsInfinity(point));
        return fault;
    }

    private static PointFault Uncompressed(byte[] bytes)
    {
        var fault = TCase.TryFromUncompressed(bytes, out var point, PointChecks.Group);
        Assert.True(fault == PointFault.None || TCase.IsInfinity(point));
        return fault;
    }

    private static byte[] Small(int x)
    {
        var bytes = new byte[TCase.CompressedBytes];
        bytes[0] = 0x80;
        bytes[^1] = (byte)x;
        return bytes;
    }

    private static byte[] Altered(byte[] bytes, int at, byte mask)
    {
        var other = (byte[])bytes.Clone();
        other[at] ^= mask;
        return other;
    }

    private static byte[] WithFlags(byte[] bytes, byte flags)
    {
        var other = (byte[])bytes.Clone();
        other[0] = (byte)((other[0] & 0x1f) | flags);
        return other;
    }
}
