using System.Text.Json;
using Federation.Proofs.Curve;

namespace Federation.Proofs.Tests.Curve;

/// <summary>The cases of EIP-2537, whose coordinates are padded to 64 bytes and have c0 before c1.</summary>
internal static class EipPoints
{
    private const int Padded = 64, Padding = Padded - Fp.SizeBytes;

    public const int G1Bytes = 2 * Padded, G2Bytes = 4 * Padded, ScalarBytes = 32, PairBytes = G1Bytes + G2Bytes;

    public static IEnumerable<JsonElement> Cases(string kind)
    {
        using var document = JsonDocument.Parse(Vectors.Read("bls12-381/eip2537.json"));
        return [.. document.RootElement.GetProperty(kind).EnumerateArray().Select(element => element.Clone())];
    }

    public static IEnumerable<object[]> Names(string kind) =>
        Cases(kind).Select(one => new object[] { one.GetProperty("name").GetString()! });

    public static JsonElement Case(string kind, string name) =>
        Cases(kind).Single(one => one.GetProperty("name").GetString() == name);

    public static byte[] Bytes(this JsonElement one, string property) =>
        Convert.FromHexString(one.GetProperty(property).GetString()!);

    public static PointFault ReadG1(ReadOnlySpan<byte> padded, out G1Affine point, PointChecks checks) =>
        WithoutFlags(G1Affine.TryFromUncompressed(Encoding(padded, [0, 1]), out point, checks));

    public static PointFault ReadG2(ReadOnlySpan<byte> padded, out G2Affine point, PointChecks checks) =>
        WithoutFlags(G2Affine.TryFromUncompressed(Encoding(padded, [1, 0, 3, 2]), out point, checks));

    public static G1Affine G1(ReadOnlySpan<byte> padded)
    {
        Assert.Equal(PointFault.None, ReadG1(padded, out var point, PointChecks.Curve));
        return point;
    }

    public static G2Affine G2(ReadOnlySpan<byte> padded)
    {
        Assert.Equal(PointFault.None, ReadG2(padded, out var point, PointChecks.Curve));
        return point;
    }

    public static ulong[] Scalar(ReadOnlySpan<byte> bigEndian) =>
        FpNumbers.Limbs(new System.Numerics.BigInteger(bigEndian, isUnsigned: true, isBigEndian: true));

    // Bits from 2^381 up, which are flags in our encoding, belong to the number in theirs.
    private static PointFault WithoutFlags(PointFault fault) =>
        fault == PointFault.Flags ? PointFault.NotCanonical : fault;

    private static byte[] Encoding(ReadOnlySpan<byte> padded, int[] order)
    {
        var bytes = new byte[order.Length * Fp.SizeBytes];
        for (var i = 0; i < order.Length; i++)
        {
            var coordinate = padded.Slice(order[i] * Padded, Padded);
            Assert.False(coordinate[..Padding].ContainsAnyExcept((byte)0));
            coordinate[Padding..].CopyTo(bytes.AsSpan(i * Fp.SizeBytes));
        }

        if (!bytes.AsSpan().ContainsAnyExcept((byte)0))
        {
            bytes[0] = 0x40;
        }

        return bytes;
    }
}
