using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Federation.Proofs.Labels;

/// <summary>
/// The two orders of labels: as in a layer's file, 32 bytes each, and as the lanes hold them, word by word.
/// </summary>
internal static unsafe class LaneOrder
{
    private const int Words = 8;

    /// <summary>Puts one sector's labels into their lane.</summary>
    /// <param name="labels">Whole labels as in a file.</param>
    /// <param name="interleaved">Labels of all lanes from the same node on.</param>
    /// <param name="lanes">Number of lanes.</param>
    /// <param name="lane">The sector's lane.</param>
    public static void Interleave(ReadOnlySpan<byte> labels, uint* interleaved, int lanes, int lane)
    {
        fixed (byte* start = labels)
        {
            var source = (uint*)start;
            var target = interleaved + lane;
            for (var i = 0; i < labels.Length / sizeof(uint); i++, target += lanes)
            {
                *target = BigEndian(source[i]);
            }
        }
    }

    /// <summary>Takes labels of all lanes apart.</summary>
    /// <param name="interleaved">Labels of all lanes.</param>
    /// <param name="lanes">Number of lanes.</param>
    /// <param name="count">Number of nodes.</param>
    /// <param name="labels">One part after the other for each lane, each of <paramref name="count"/> labels.</param>
    public static void TakeApart(uint* interleaved, int lanes, int count, byte* labels)
    {
        var words = count * Words;
        for (var i = 0; i < words; i++, interleaved += lanes)
        {
            var target = (uint*)labels + i;
            for (var lane = 0; lane < lanes; lane++, target += words)
            {
                *target = BigEndian(interleaved[lane]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint BigEndian(uint word) =>
        BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(word) : word;
}
