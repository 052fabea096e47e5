using System.Numerics;
using Federation.Proofs.Fields;
using Federation.Proofs.Pieces;

namespace Federation.Proofs.Tests.Pieces;

public class Fr32Tests
{
    private const int Seed = 127;

    [Fact]
    public void Pad_AnyLength_EqualsBitDefinition()
    {
        for (int length = 0; length <= 400; length++)
        {
            byte[] data = RandomBytes(length);
            Assert.True(PadByBits(data).AsSpan().SequenceEqual(Pad(data)), $"{length} bytes, seed {Seed}");
        }
    }

    [Fact]
    public void Unpad_OfPadded_IsTheData()
    {
        for (int groups = 0; groups < 8; groups++)
        {
            byte[] data = RandomBytes(groups * 127);
            var restored = new byte[data.Length];
            Fr32.Unpad(Pad(data), restored);
            Assert.Equal(data, restored);
        }
    }

    [Fact]
    public void Unpad_TopBitsSet_IgnoresThem()
    {
        const int groups = 5;
        byte[] data = RandomBytes(127 * groups);
        byte[] padded = Pad(data);
        for (int node = 0; node < 4 * groups; node++)
        {
            padded[(32 * node) + 31] |= 0xc0;
        }

        var restored = new byte[data.Length];
        Fr32.Unpad(padded, restored);
        Assert.Equal(data, restored);
    }

    [Fact]
    public void Pad_AllOnes_GivesFieldElements()
    {
        byte[] padded = Pad([.. Enumerable.Repeat((byte)0xff, 1270)]);
        for (int i = 0; i < padded.Length; i += 32)
        {
            Assert.True(Fr.IsCanonical(padded.AsSpan(i, 32)));
        }
    }

    [Fact]
    public void Pad_PublishedCases_AgreeWithReference()
    {
        byte[] threes = Pad([.. Enumerable.Repeat((byte)3, 30)]);
        Assert.Equal(32, threes.Length);
        Assert.Equal(Enumerable.Repeat((byte)3, 30), threes[..30]);

        byte[] ones = Pad([.. Enumerable.Repeat((byte)0xff, 32)]);
        Assert.Equal(64, ones.Length);
        Assert.All(ones[..31], value => Assert.Equal(0xff, value));
        Assert.Equal((0x3f, 0x03), (ones[31], ones[32]));

        byte[] group = Pad([.. Enumerable.Repeat((byte)0xff, 127)]);
        Assert.Equal(128, group.Length);
        Assert.Equal((0x3f, 0xff), (group[31], group[32]));

        byte[] ascending = [.. Enumerable.Range(1, 31).Select(value => (byte)value)];
        byte[] mixed = Pad([.. ascending, 0xff, .. ascending, 0xff, 9, 9, 9, 0xff]);
        Assert.Equal((63, 7), (mixed[31], mixed[32]));
        for (int k = 33; k < 63; k++)
        {
            Assert.Equal((k - 31) * 4, mixed[k]);
        }

        Assert.Equal([0x3c, 0x9f, 0x90, 0x90, 0xf0, 0x0f], mixed[63..69]);
    }

    [Theory]
    [InlineData(126)]
    [InlineData(-127)]
    [InlineData(128)]
    public void PaddedSize_NotWholeGroups_IsRefused(long size) =>
        Assert.Throws<ArgumentException>(() => Fr32.PaddedSize(size));

    [Theory]
    [InlineData(127)]
    [InlineData(-128)]
    public void UnpaddedSize_NotWholeGroups_IsRefused(long size) =>
        Assert.Throws<ArgumentException>(() => Fr32.UnpaddedSize(size));

    [Fact]
    public void Sizes_Of64GiB_NeedNoMoreThan64Bits()
    {
        const long padded = 64L << 30;
        Assert.Equal(padded, Fr32.PaddedSize(Fr32.UnpaddedSize(padded)));
        Assert.Equal(68_182_605_824, Fr32.UnpaddedSize(padded));
    }

    [Fact]
    public void PadAndUnpad_ResultOfWrongLength_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => Fr32.Pad(new byte[127], new byte[127]));
        Assert.Throws<ArgumentException>(() => Fr32.Unpad(new byte[128], new byte[128]));
        Assert.Throws<ArgumentException>(() => Fr32.Unpad(new byte[127], new byte[127]));
    }

    [Fact]
    public void PadAndUnpad_Repeated_AllocateNothing()
    {
        var data = new byte[127 * 3];
        var padded = new byte[128 * 3];
        Fr32.Pad(data, padded);
        Fr32.Unpad(padded, data);
        Allocations.AssertNone(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                Fr32.Pad(data, padded);
                Fr32.Unpad(padded, data);
            }
        });
    }

    private static byte[] Pad(byte[] data)
    {
        var padded = new byte[Fr32.EncodedLength(data.Length)];
        Fr32.Pad(data, padded);
        return padded;
    }

    // The definition: 254 bits of the stream after another, each into the low bits of 32 bytes.
    private static byte[] PadByBits(byte[] data)
    {
        var stream = new BigInteger(data, isUnsigned: true);
        BigInteger mask = (BigInteger.One << 254) - 1;
        int nodes = ((8 * data.Length) + 253) / 254;
        var padded = new byte[32 * nodes];
        for (int node = 0; node < nodes; node++)
        {
            ((stream >> (254 * node)) & mask).TryWriteBytes(padded.AsSpan(32 * node, 32), out _, isUnsigned: true);
        }

        return padded;
    }

    private static byte[] RandomBytes(int length)
    {
        var data = new byte[length];
        new Random(Seed + length).NextBytes(data);
        return data;
    }
}
