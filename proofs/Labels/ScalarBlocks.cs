using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Federation.Proofs.Labels;

/// <summary>SHA-256 of blocks one after the other in plain code, for machines without libcrypto.</summary>
internal static unsafe class ScalarBlocks
{
    private const int BlockWords = LaneSha256<LaneOps1, uint>.BlockWords;

    /// <summary>Compresses whole blocks into the state.</summary>
    [SkipLocalsInit]
    public static void Compress(uint* state, byte* blocks, int count)
    {
        var words = stackalloc uint[BlockWords];
        var schedule = stackalloc uint[LaneSha256<LaneOps1, uint>.ScheduleWords];
        for (; count > 0; count--, blocks += Sha256Context.BlockSize)
        {
            BinaryPrimitives.ReverseEndianness(
                new ReadOnlySpan<uint>(blocks, BlockWords), new Span<uint>(words, BlockWords));
            LaneSha256<LaneOps1, uint>.Compress(state, words, schedule);
        }
    }
}
