using Federation.Proofs.Fields;

namespace Federation.Proofs.Unseal;

/// <summary>The inverse of the replica's encoding: replica minus key modulo r, node by node.</summary>
internal static class ReplicaDecoding
{
    private const byte TopBits = 0xc0;

    /// <summary>
    /// Subtracts keys from a replica in place. Returns the number of the first node that no data can give, because
    /// replica or key is no field element or the difference has more than 254 bits; or -1.
    /// </summary>
    public static int Decode(Span<byte> replica, ReadOnlySpan<byte> keys)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(keys.Length, replica.Length);
        for (int i = 0; i < replica.Length; i += Fr.SizeBytes)
        {
            Span<byte> node = replica.Slice(i, Fr.SizeBytes);
            if (!Fr.TrySubtractBytes(node, keys.Slice(i, Fr.SizeBytes), node) || (node[^1] & TopBits) != 0)
            {
                return i / Fr.SizeBytes;
            }
        }

        return -1;
    }
}
