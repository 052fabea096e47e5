using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Federation.Proofs.Sha256;

/// <summary>
/// SHA-256 of many separate messages of one length, in lockstep on the widest vectors the machine has. Allocation-free,
/// safe to call from many threads.
/// </summary>
public static class MessageHasher
{
    /// <summary>Length of a digest in bytes.</summary>
    public const int DigestBytes = 32;

    /// <summary>Hashes each message to its digest.</summary>
    /// <param name="messages">Messages one behind the other.</param>
    /// <param name="length">Bytes of each message.</param>
    /// <param name="digests">32 bytes for each message, in the same order; must not overlap the messages.</param>
    /// <exception cref="ArgumentException">The lengths do not fit together.</exception>
    public static void Hash(ReadOnlySpan<byte> messages, int length, Span<byte> digests)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        int count = digests.Length / DigestBytes;
        if (digests.Length != count * DigestBytes || messages.Length != (long)count * length)
        {
            throw new ArgumentException(
                $"{messages.Length} bytes are not {digests.Length} / {DigestBytes} messages of {length} bytes.");
        }

        int done = 0;
        if (Lanes16.IsSupported)
        {
            done += Sha256Messages<Vector512<uint>, Lanes16>.Hash(messages, length, digests);
        }

        if (Lanes8.IsSupported)
        {
            done += Sha256Messages<Vector256<uint>, Lanes8>.Hash(
                messages[(done * length)..], length, digests[(done * DigestBytes)..]);
        }

        if (Lanes4.IsSupported)
        {
            done += Sha256Messages<Vector128<uint>, Lanes4>.Hash(
                messages[(done * length)..], length, digests[(done * DigestBytes)..]);
        }

        for (; done < count; done++)
        {
            SHA256.HashData(messages.Slice(done * length, length), digests.Slice(done * DigestBytes, DigestBytes));
        }
    }
}
