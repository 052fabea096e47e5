using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Federation.Proofs.Graph;

/// <summary>The two seeds that a PoRep id gives a graph; they depend on nothing else.</summary>
internal sealed class GraphSeeds
{
    private const int DrgSeedSize = 28;

    private GraphSeeds(byte[] drgSeed, ulong[] feistelKeys)
    {
        DrgSeed = drgSeed;
        FeistelKeys = feistelKeys;
    }

    /// <summary>28 bytes, to which a node's number is added for the generator's key.</summary>
    public byte[] DrgSeed { get; }

    /// <summary>Four keys, of which the permutation uses the first three.</summary>
    public ulong[] FeistelKeys { get; }

    public static GraphSeeds Derive(Bytes32 poRepId)
    {
        var keys = Digest("Filecoin_Feistel"u8, poRepId);
        var feistel = new ulong[4];
        for (var i = 0; i < feistel.Length; i++)
        {
            feistel[i] = BinaryPrimitives.ReadUInt64LittleEndian(keys.AsSpan(8 * i));
        }

        return new GraphSeeds(Digest("Filecoin_DRSample"u8, poRepId)[..DrgSeedSize], feistel);
    }

    private static byte[] Digest(ReadOnlySpan<byte> domain, Bytes32 poRepId) =>
        SHA256.HashData([.. domain, .. poRepId.AsSpan()]);
}
