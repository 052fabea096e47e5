using Federation.Proofs.Fields;

namespace Federation.Proofs.PreCommit2;

/// <summary>The encoding of data into a replica: data plus key modulo r, node by node, 32 bytes little-endian
/// each.</summary>
internal static class ReplicaEncoding
{
    /// <summary>
    /// Adds keys to data. All spans have the same length, whole nodes; <paramref name="replica"/> may be one of the
    /// others. Returns the number of the first node whose key or data is not a field element, or -1.
    /// </summary>
    public static int Encode(ReadOnlySpan<byte> keys, ReadOnlySpan<byte> data, Span<byte> replica)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(keys.Length, replica.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(data.Length, replica.Length);
        for (int i = 0; i < replica.Length; i += Fr.SizeBytes)
        {
            Range node = i..(i + Fr.SizeBytes);
            if (!Fr.TryAddBytes(keys[node], data[node], replica[node]))
            {
                return i / Fr.SizeBytes;
            }
        }

        return -1;
    }
}
