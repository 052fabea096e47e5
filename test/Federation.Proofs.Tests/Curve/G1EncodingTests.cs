using Federation.Proofs.Curve;
using static Federation.Proofs.Tests.Curve.FpNumbers;

namespace Federation.Proofs.Tests.Curve;

public class G1EncodingTests
{
    private const int Seed = 20261126;

    private static readonly G1Affine G = G1Affine.Generator;

    [Fact]
    public void Encodings_OfPoints_AreReadBack()
    {
        var random = new Random(Seed);
        foreach (var point in Enumerable.Range(0, 20).Select(_ => CurvePoints.RandomG1(random)).Append(default))
        {
            Assert.Equal(point, G1Affine.FromCompressed(point.ToCompressed()));
            Assert.Equal(point, G1Affine.FromUncompressed(point.ToUncompressed()));
            Assert.Equal(-point, G1Affine.FromCompressed((-point).ToCompressed()));
            Assert.Equal(point.IsInfinity, point.ToCompressed().SequenceEqual((-point).ToCompressed()));
        }
    }

    [Fact]
    public void Infinity_HasItsFlagsAndNothingElse()
    {
        var compressed = G1Affine.Infinity.ToCompressed();
        var uncompressed = G1Affine.Infinity.ToUncompressed();
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
        byte[] compressed = G.ToCompressed(), uncompressed = G.ToUncompressed();
        foreach (var flags in new byte[] { 0x00, 0x20, 0x40, 0x60, 0xc0, 0xe0 })
        {
            Assert.Equal(PointFault.Flags, Compressed(WithFlags(compressed, flags)));
        }

        foreach (var flags in new byte[] { 0x20, 0x40, 0x60, 0x80, 0xa0, 0xc0, 0xe0 })
        {
            Assert.Equal(PointFault.Flags, Uncompressed(WithFlags(uncompressed, flags)));
        }

        Assert.Equal(PointFault.Flags, Compressed(WithFlags(new byte[G1Affine.CompressedBytes], 0xe0)));
        Assert.Equal(PointFault.Flags, Uncompressed(WithFlags(new byte[G1Affine.UncompressedBytes], 0x60)));
    }

    // x + p is the same element in other bytes.
    [Fact]
    public void Coordinates_FromModulusUp_AreRefused()
    {
        byte[] compressed = G.ToCompressed(), uncompressed = G.ToUncompressed();
        for (var at = 0; at < uncompressed.Length; at += Fp.SizeBytes)
        {
            foreach (var value in new[] { Modulus, Modulus + 1, (System.Numerics.BigInteger.One << 381) - 1 })
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
        var uncompressed = G.ToUncompressed();
        Assert.Equal(PointFault.NotOnCurve, Uncompressed(Altered(uncompressed, uncompressed.Length - 1, 1)));
        Assert.Equal(PointFault.NotOnCurve, Uncompressed(Altered(uncompressed, 47, 1)));
        Assert.Equal(PointFault.NotOnCurve, Uncompressed(new byte[uncompressed.Length]));
        Assert.Equal(
            PointFault.NotOnCurve,
            G1Affine.TryFromUncompressed(new byte[uncompressed.Length], out _, PointChecks.Form));

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
            var other = CurvePoints.RandomG1OutsideGroup(random);
            Assert.Equal(PointFault.NotInGroup, Compressed(other.ToCompressed()));
            Assert.Equal(PointFault.NotInGroup, Uncompressed(other.ToUncompressed()));
            Assert.Equal(other, G1Affine.FromCompressed(other.ToCompressed(), PointChecks.Curve));
            Assert.Equal(other, G1Affine.FromUncompressed(other.ToUncompressed(), PointChecks.Curve));
        }
    }

    [Fact]
    public void Form_WithoutCurve_TakesAnyCoordinates()
    {
        var bytes = Altered(G.ToUncompressed(), G1Affine.UncompressedBytes - 1, 1);
        Assert.Equal(PointFault.None, G1Affine.TryFromUncompressed(bytes, out var point, PointChecks.Form));
        Assert.Equal(bytes, point.ToUncompressed());
        Assert.False(point.IsOnCurve);
    }

    [Fact]
    public void Exceptions_NameTheFault()
    {
        var e = Assert.Throws<InvalidPointException>(() => G1Affine.FromCompressed(Small(0)));
        Assert.Contains("G1", e.Message, StringComparison.Ordinal);
        Assert.NotEqual(PointFault.None, e.Fault);
        Assert.Throws<ArgumentException>(() => G1Affine.FromCompressed(new byte[G1Affine.CompressedBytes - 1]));
        Assert.Throws<ArgumentException>(() => G1Affine.FromUncompressed(new byte[G1Affine.UncompressedBytes + 1]));
        Assert.Throws<ArgumentException>(() => G.WriteCompressed(new byte[G1Affine.UncompressedBytes]));
        Assert.Throws<ArgumentException>(() => G.WriteUncompressed(new byte[G1Affine.CompressedBytes]));
    }

    private static PointFault Compressed(byte[] bytes)
    {
        var fault = G1Affine.TryFromCompressed(bytes, out var point);
        Assert.True(fault == PointFault.None || point.IsInfinity);
        return fault;
    }

    private static PointFault Uncompressed(byte[] bytes)
    {
        var fault = G1Affine.TryFromUncompressed(bytes, out var point);
        Assert.True(fault == PointFault.None || point.IsInfinity);
        return fault;
    }

    private static byte[] Small(int x)
    {
        var bytes = new byte[G1Affine.CompressedBytes];
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
