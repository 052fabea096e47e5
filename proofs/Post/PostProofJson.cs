using Federation.Proofs.Commit1;

namespace Federation.Proofs.Post;

/// <summary>A sector's vanilla proof as compact JSON, fields in the order of the reference's structs.</summary>
public static class PostProofJson
{
    /// <summary>Writes a proof.</summary>
    public static void Write(Stream output, PostVanillaProof proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        var json = new CompactJsonWriter(output);
        json.Raw("{\"sector_id\":"u8);
        json.Number(proof.Sector.Number);
        json.Raw(",\"comm_r\":"u8);
        json.Bytes(proof.Sector.CommR.AsSpan());
        json.Raw(",\"vanilla_proof\":{\"sectors\":[{\"inclusion_proofs\":"u8);
        json.List(proof.Inclusions, inclusion => InclusionJson.Write(json, inclusion));
        json.Raw(",\"comm_c\":"u8);
        json.Bytes(proof.CommC.AsSpan());
        json.Raw(",\"comm_r_last\":"u8);
        json.Bytes(proof.CommRLast.AsSpan());
        json.Raw("}]}}"u8);
        json.Flush();
    }

    /// <summary>Reads exactly what <see cref="Write"/> writes for a configuration.</summary>
    /// <exception cref="PostFormatException">Truncated, longer, or of another shape.</exception>
    public static PostVanillaProof Read(PostConfig config, Stream input)
    {
        ArgumentNullException.ThrowIfNull(config);
        var json = new StrictJsonReader(input, (offset, expected) => new PostFormatException(offset, expected));
        json.Expect("{\"sector_id\":"u8);
        var number = json.Number(ulong.MaxValue);
        var sector = new PostSector(number, ReadNode(json, ",\"comm_r\":"u8));
        json.Expect(",\"vanilla_proof\":{\"sectors\":[{\"inclusion_proofs\":"u8);
        var inclusions = json.List(config.ChallengesPerSector, () => InclusionJson.Read(json, config.Shape));
        var proof = new PostVanillaProof
        {
            Sector = sector,
            Inclusions = inclusions,
            CommC = ReadNode(json, ",\"comm_c\":"u8),
            CommRLast = ReadNode(json, ",\"comm_r_last\":"u8),
        };
        json.Expect("}]}}"u8);
        json.End();
        return proof;
    }

    private static Bytes32 ReadNode(StrictJsonReader json, ReadOnlySpan<byte> key)
    {
        Span<byte> node = stackalloc byte[Bytes32.Size];
        json.Expect(key);
        json.Bytes(node);
        return new Bytes32(node);
    }
}
