using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using Federation.Proofs.Sha256;

namespace Federation.Proofs.Tests.Sha256;

public class MessageHasherTests
{
    private const int Seed = 180;

    private delegate int Kernel(ReadOnlySpan<byte> messages, int length, Span<byte> digests);

    // Lengths around the places where padding takes a block more.
    private static readonly int[] Lengths = [0, 1, 55, 56, 63, 64, 65, 119, 120, 128, 1248, 4096 + 7];

    public static TheoryData<int, int> LanesAndLengths
    {
        get
        {
            var data = new TheoryData<int, int>();
            foreach (int length in Lengths)
            {
                data.Add(4, length);
                data.Add(8, length);
                data.Add(16, length);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(LanesAndLengths))]
    public void Kernel_AnyLength_EqualsSystemSha256(int lanes, int length)
    {
        Kernel kernel = lanes switch
        {
            4 => Sha256Messages<Vector128<uint>, Lanes4>.Hash,
            8 => Sha256Messages<Vector256<uint>, Lanes8>.Hash,
            _ => Sha256Messages<Vector512<uint>, Lanes16>.Hash,
        };
        byte[] messages = RandomMessages(3 * lanes, length, out byte[] expected);
        var digests = new byte[expected.Length];
        Assert.Equal(3 * lanes, kernel(messages, length, digests));
        Assert.Equal(expected, digests);
    }

    [Fact]
    public void Hash_AnyNumber_EqualsSystemSha256()
    {
        for (int count = 0; count <= 67; count++)
        {
            byte[] messages = RandomMessages(count, 100, out byte[] expected);
            var digests = new byte[expected.Length];
            MessageHasher.Hash(messages, 100, digests);
            Assert.Equal(expected, digests);
        }
    }

    [Fact]
    public void Hash_Repeated_AllocatesNothing()
    {
        byte[] messages = RandomMessages(60, 200, out byte[] expected);
        var digests = new byte[expected.Length];
        MessageHasher.Hash(messages, 200, digests);
        Allocations.AssertNone(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                MessageHasher.Hash(messages, 200, digests);
            }
        });
    }

    [Theory]
    [InlineData(63, 64, 32)]
    [InlineData(64, 64, 31)]
    [InlineData(128, 64, 32)]
    public void Hash_OfWrongLength_IsRefused(int bytes, int length, int digestBytes) =>
        Assert.Throws<ArgumentException>(() => MessageHasher.Hash(new byte[bytes], length, new byte[digestBytes]));

    private static byte[] RandomMessages(int count, int length, out byte[] digests)
    {
        var messages = new byte[count * length];
        new Random(Seed + count + length).NextBytes(messages);
        digests = new byte[count * 32];
        for (int i = 0; i < count; i++)
        {
            SHA256.HashData(messages.AsSpan(i * length, length), digests.AsSpan(i * 32, 32));
        }

        return messages;
    }
}
