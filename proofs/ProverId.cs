namespace Federation.Proofs;

/// <summary>The prover id of a miner: its id address's payload, padded with zeros to 32 bytes.</summary>
public static class ProverId
{
    /// <summary>ULEB128 of the actor id, zero-padded on the right.</summary>
    public static Bytes32 FromActorId(ulong actorId)
    {
        Span<byte> id = stackalloc byte[Bytes32.Size];
        id.Clear();
        var length = 0;
        do
        {
            var more = actorId > 0x7f ? 0x80 : 0;
            id[length++] = (byte)((actorId & 0x7f) | (uint)more);
            actorId >>= 7;
        }
        while (actorId != 0);
        return new Bytes32(id);
    }
}
