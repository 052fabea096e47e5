using System.Numerics;
using System.Runtime.InteropServices;

namespace Federation.Proofs.Labels;

/// <summary>
/// Checksum of a layer, label by label: the CRC-32C of each quarter label apart, 128 bits together, at some ten bytes
/// a nanosecond. It finds what disks and file systems do to a file; it is no protection from anyone who means harm.
/// </summary>
internal sealed class LayerChecksum
{
    private uint _first = uint.MaxValue, _second = uint.MaxValue, _third = uint.MaxValue, _fourth = uint.MaxValue;

    /// <summary>Adds whole labels, in the order of their nodes.</summary>
    public void Add(ReadOnlySpan<byte> labels)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(labels.Length % SectorShape.NodeSize, 0, nameof(labels));
        var words = MemoryMarshal.Cast<byte, ulong>(labels);
        var (first, second, third, fourth) = (_first, _second, _third, _fourth);
        for (var i = 0; i + 3 < words.Length; i += 4)
        {
            first = BitOperations.Crc32C(first, words[i]);
            second = BitOperations.Crc32C(second, words[i + 1]);
            third = BitOperations.Crc32C(third, words[i + 2]);
            fourth = BitOperations.Crc32C(fourth, words[i + 3]);
        }

        (_first, _second, _third, _fourth) = (first, second, third, fourth);
    }

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => $"{_first:x8}{_second:x8}{_third:x8}{_fourth:x8}";
}
