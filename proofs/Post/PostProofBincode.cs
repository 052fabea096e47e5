using System.Security.Cryptography;
using Federation.Proofs.Trees;

namespace Federation.Proofs.Post;

/// <summary>
/// A sector's vanilla proof as Lotus passes it around: bincode of <c>FallbackPoStSectorProof</c>, little-endian, u64
/// lengths. One sector's proof is a list of one.
/// </summary>
public static class PostProofBincode
{
    /// <summary>The bytes.</summary>
    public static byte[] Write(PostVanillaProof proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        using var stream = new MemoryStream();
        using var output = new BinaryWriter(stream);
        output.Write(proof.Sector.Number);
        output.Write(proof.Sector.CommR.AsSpan());
        output.Write(1UL);
        output.Write((ulong)proof.Inclusions.Count);
        foreach (var inclusion in proof.Inclusions)
        {
            InclusionBincode.Write(output, inclusion);
        }

        output.Write(proof.CommC.AsSpan());
        output.Write(proof.CommRLast.AsSpan());
        output.Flush();
        return stream.ToArray();
    }

    /// <summary>SHA-256 of the bytes.</summary>
    public static byte[] Digest(PostVanillaProof proof) => SHA256.HashData(Write(proof));

    /// <summary>Reads exactly what <see cref="Write"/> writes for a configuration.</summary>
    /// <exception cref="PostFormatException">Truncated, longer, or of another shape.</exception>
    public static PostVanillaProof Read(PostConfig config, ReadOnlyMemory<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(config);
        var input = new BincodeReader(bytes);
        var sector = new PostSector(input.UInt64(), input.Node());
        input.Expect(1, "one sector");
        input.Expect((ulong)config.ChallengesPerSector, $"{config.ChallengesPerSector} inclusion proofs");
        var inclusions = new MerkleProof[config.ChallengesPerSector];
        for (var i = 0; i < inclusions.Length; i++)
        {
            inclusions[i] = InclusionBincode.Read(input, config.Shape);
        }

        var proof = new PostVanillaProof
        {
            Sector = sector,
            Inclusions = inclusions,
            CommC = input.Node(),
            CommRLast = input.Node(),
        };
        input.End();
        return proof;
    }
}
