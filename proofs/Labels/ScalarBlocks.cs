using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Federation.Proofs.Sha256;

namespace Federation.Proofs.Labels;

/// <summary>SHA-256 of blocks one after the other in plain code, for machines without libcrypto.</summary>
internal static unsafe class ScalarBlocks
{
    private const int BlockWords = Sha256Context.BlockSize / sizeof(uint), ScheduleWords = 64, StateWords = 8;

    /// <summary>Compresses whole blocks into the state.</summary>
    [SkipLocalsInit]
    public static void Compress(uint* state, byte* blocks, int count)
    {
        Span<uint> schedule = stackalloc uint[ScheduleWords];
        for (; count > 0; count--, blocks += Sha256Context.BlockSize)
        {
            for (var i = 0; i < BlockWords; i++)
            {
                schedule[i] = BinaryPrimitives.ReadUInt32BigEndian(
                    new ReadOnlySpan<byte>(blocks + (i * sizeof(uint)), sizeof(uint)));
            }

            Sha256Scalar.ExpandSchedule(schedule);
            for (var i = 0; i < ScheduleWords; i++)
            {
                schedule[i] += Sha256Constants.Rounds[i];
            }

            Sha256Scalar.Compress(new Span<uint>(state, StateWords), schedule);
        }
    }
}
