using System.Buffers.Binary;

namespace Federation.Proofs.ChaCha;

/// <summary>
/// ChaCha20's key stream as the IETF defines it (RFC 8439): 32-byte key, 12-byte nonce, 32-bit counter from 0.
/// </summary>
public static class ChaCha20
{
    /// <summary>Length of the key in bytes.</summary>
    public const int KeySize = 32;

    /// <summary>Length of the nonce in bytes.</summary>
    public const int NonceSize = 12;

    /// <summary>Bytes of one block.</summary>
    public const int BlockSize = 64;

    private const int Rounds = 20;

    /// <summary>
    /// Fills <paramref name="output"/> with the key stream that begins at block <paramref name="firstBlock"/>.
    /// Thread-safe.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// Key or nonce has another length, or the stream would end within the output.
    /// </exception>
    public static void KeyStream(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, uint firstBlock, Span<byte> output)
    {
        if (key.Length != KeySize || nonce.Length != NonceSize)
        {
            throw new ArgumentException(
                $"ChaCha20 needs a key of 32 and a nonce of 12 bytes, not {key.Length} and {nonce.Length}.");
        }

        if (firstBlock + ((long)output.Length / BlockSize) > uint.MaxValue)
        {
            throw new ArgumentException("ChaCha20's counter of 32 bits ends within the output.", nameof(output));
        }

        Span<uint> state = stackalloc uint[ChaChaBlock.Words];
        Span<uint> words = stackalloc uint[ChaChaBlock.Words];
        Span<byte> block = stackalloc byte[BlockSize];
        ChaChaBlock.SetKey(state, key);
        state[12] = firstBlock;
        for (var i = 0; i < 3; i++)
        {
            state[13 + i] = BinaryPrimitives.ReadUInt32LittleEndian(nonce.Slice(4 * i, 4));
        }

        while (output.Length > 0)
        {
            ChaChaBlock.Compute(state, words, Rounds);
            for (var i = 0; i < words.Length; i++)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(block[(4 * i)..], words[i]);
            }

            var count = Math.Min(BlockSize, output.Length);
            block[..count].CopyTo(output);
            output = output[count..];
            state[12]++;
        }
    }
}
