using System.Runtime.CompilerServices;

namespace Federation.Proofs.Sha256;

/// <summary>
/// Between messages as they lie in memory and vectors with a lane for each: four lanes of four words are turned at a
/// time. Stateless, allocation-free.
/// </summary>
internal static unsafe class Sha256Blocks<TVector, TLanes>
    where TVector : unmanaged
    where TLanes : struct, ILanes<TVector>
{
    private const int WordBytes = sizeof(uint);

    /// <summary>Reads 64 bytes of each message, as 16 vectors of big-endian words.</summary>
    /// <param name="messages">The first lane's bytes; any alignment.</param>
    /// <param name="stride">Bytes from one lane's to the next.</param>
    /// <param name="words">16 vectors.</param>
    internal static void Load(byte* messages, nint stride, TVector* words)
    {
        // All of a message's bytes before the next message's: with a stride of 4 KiB or a multiple they all compete for
        // the same few places in the cache.
        for (int lane = 0; lane < 4; lane++)
        {
            byte* source = messages + (lane * stride);
            words[lane] = TLanes.LoadBlocks(source, 4 * stride);
            words[lane + 4] = TLanes.LoadBlocks(source + 16, 4 * stride);
            words[lane + 8] = TLanes.LoadBlocks(source + 32, 4 * stride);
            words[lane + 12] = TLanes.LoadBlocks(source + 48, 4 * stride);
        }

        for (int word = 0; word < 16; word += 4)
        {
            TVector v0 = TLanes.ReverseBytes(words[word]), v1 = TLanes.ReverseBytes(words[word + 1]);
            TVector v2 = TLanes.ReverseBytes(words[word + 2]), v3 = TLanes.ReverseBytes(words[word + 3]);
            Turn(ref v0, ref v1, ref v2, ref v3);
            (words[word], words[word + 1], words[word + 2], words[word + 3]) = (v0, v1, v2, v3);
        }
    }

    /// <summary>Writes the 32 bytes of each lane's digest.</summary>
    /// <param name="state">8 vectors.</param>
    /// <param name="digests">The first lane's digest; any alignment.</param>
    /// <param name="stride">Bytes from one lane's to the next.</param>
    internal static void Store(TVector* state, byte* digests, nint stride)
    {
        for (int word = 0; word < 8; word += 4)
        {
            byte* target = digests + (word * WordBytes);
            TVector v0 = state[word], v1 = state[word + 1], v2 = state[word + 2], v3 = state[word + 3];
            Turn(ref v0, ref v1, ref v2, ref v3);
            TLanes.StoreBlocks(TLanes.ReverseBytes(v0), target, 4 * stride);
            TLanes.StoreBlocks(TLanes.ReverseBytes(v1), target + stride, 4 * stride);
            TLanes.StoreBlocks(TLanes.ReverseBytes(v2), target + (2 * stride), 4 * stride);
            TLanes.StoreBlocks(TLanes.ReverseBytes(v3), target + (3 * stride), 4 * stride);
        }
    }

    /// <summary>
    /// The first address on or behind this one that suits the vector; a vector more must be reserved.
    /// </summary>
    internal static TVector* Align(byte* memory) =>
        (TVector*)(((nint)memory + sizeof(TVector) - 1) & ~((nint)sizeof(TVector) - 1));

    // Within each block: rows of four words become columns.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn(ref TVector v0, ref TVector v1, ref TVector v2, ref TVector v3)
    {
        TVector low01 = TLanes.UnpackLow(v0, v1), high01 = TLanes.UnpackHigh(v0, v1);
        TVector low23 = TLanes.UnpackLow(v2, v3), high23 = TLanes.UnpackHigh(v2, v3);
        v0 = TLanes.UnpackLowHalf(low01, low23);
        v1 = TLanes.UnpackHighHalf(low01, low23);
        v2 = TLanes.UnpackLowHalf(high01, high23);
        v3 = TLanes.UnpackHighHalf(high01, high23);
    }
}
