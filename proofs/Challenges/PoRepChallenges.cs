using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Federation.Proofs.Challenges;

/// <summary>The challenges of a PoRep, by its feature, from public inputs alone.</summary>
public static class PoRepChallenges
{
    /// <summary>All challenges, one array per partition.</summary>
    public static uint[][] All(SealConfig config, SealPublicInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(inputs);
        var replicaId = inputs.ReplicaId(config);
        return All(config, replicaId, inputs.CommR, inputs.Seed);
    }

    /// <summary>All challenges, one array per partition.</summary>
    public static uint[][] All(SealConfig config, Bytes32 replicaId, Bytes32 commR, Bytes32 seed)
    {
        ArgumentNullException.ThrowIfNull(config);
        Func<int, uint> challenge = config.Feature switch
        {
            PoRepFeature.Interactive => index => Interactive(replicaId, seed, index, config.Shape.Nodes),
            PoRepFeature.NonInteractive => index => NonInteractive(replicaId, commR, index, config.Shape.Nodes),
            _ => Synthetic(new SyntheticChallenges(config.Shape, replicaId, commR), seed),
        };
        var perPartition = config.Shape.ChallengesPerPartition;
        return [.. Enumerable.Range(0, config.Partitions).Select(partition =>
            Enumerable.Range(partition * perPartition, perPartition).Select(challenge).ToArray())];
    }

    /// <summary>
    /// The numbers, in the synthetic set, of all challenges that a seed selects; one array per partition.
    /// </summary>
    public static int[][] SelectedSynthetic(SealConfig config, SyntheticChallenges set, Bytes32 seed)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(set);
        var perPartition = config.Shape.ChallengesPerPartition;
        return [.. Enumerable.Range(0, config.Partitions).Select(partition =>
            Enumerable.Range(partition * perPartition, perPartition)
                .Select(index => set.Selected(seed, index))
                .ToArray())];
    }

    private static Func<int, uint> Synthetic(SyntheticChallenges set, Bytes32 seed) =>
        index => set[set.Selected(seed, index)];

    private static uint Interactive(Bytes32 replicaId, Bytes32 seed, int index, long nodes)
    {
        Span<byte> preimage = stackalloc byte[(2 * Bytes32.Size) + sizeof(uint)];
        replicaId.CopyTo(preimage);
        seed.CopyTo(preimage[Bytes32.Size..]);
        return Draw(preimage, index, nodes);
    }

    private static uint NonInteractive(Bytes32 replicaId, Bytes32 commR, int index, long nodes)
    {
        var domain = "filecoin.io|PoRep|1|NonInteractive|1"u8;
        Span<byte> preimage = stackalloc byte[domain.Length + (2 * Bytes32.Size) + sizeof(uint)];
        domain.CopyTo(preimage);
        replicaId.CopyTo(preimage[domain.Length..]);
        commR.CopyTo(preimage[(domain.Length + Bytes32.Size)..]);
        return Draw(preimage, index, nodes);
    }

    private static uint Draw(Span<byte> preimage, int index, long nodes)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(preimage[^sizeof(uint)..], (uint)index);
        SHA256.HashData(preimage, digest);
        return ChallengeNumber.From(digest, nodes);
    }
}
