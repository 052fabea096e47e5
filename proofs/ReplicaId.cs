using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Federation.Proofs;

/// <summary>The replica id binds a sector's labels to its prover, number, ticket, data and graph.</summary>
public static class ReplicaId
{
    /// <summary>SHA-256 of prover id, sector number (u64 BE), ticket, CommD and PoRep id, cut to 254 bits.</summary>
    public static Bytes32 Compute(Bytes32 proverId, ulong sector, Bytes32 ticket, Bytes32 commD, Bytes32 poRepId)
    {
        Span<byte> preimage = stackalloc byte[(4 * Bytes32.Size) + sizeof(ulong)];
        proverId.CopyTo(preimage);
        BinaryPrimitives.WriteUInt64BigEndian(preimage[32..], sector);
        ticket.CopyTo(preimage[40..]);
        commD.CopyTo(preimage[72..]);
        poRepId.CopyTo(preimage[104..]);

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(preimage, digest);
        digest[31] &= 0x3f;
        return new Bytes32(digest);
    }
}
