using Federation.Proofs.Commit1;

namespace Federation.Proofs.PreCommit1;

/// <summary>
/// What PC1 and PC2 hand over, in the bytes of rust-filecoin-proofs-api: compact JSON with the registered proof's
/// name; without it and the size's wrapper for shapes that have no number.
/// </summary>
public static class PreCommitOutputs
{
    /// <summary>PC1's output.</summary>
    /// <param name="config">Configuration.</param>
    /// <param name="recordedCachePath">Cache folder as recorded.</param>
    /// <param name="commD">Commitment to the data.</param>
    public static byte[] PreCommit1(SealConfig config, string recordedCachePath, Bytes32 commD)
    {
        ArgumentNullException.ThrowIfNull(config);
        return Write(config, json =>
        {
            json.Raw("\"labels\":"u8);
            if (config.RegisteredSealProof is not null)
            {
                json.Raw("{"u8);
                json.String(config.SizeVariantName);
                json.Raw(":"u8);
            }

            json.Raw("{\"labels\":"u8);
            json.List(StoreConfig.Layers(config.Shape, recordedCachePath), store => Store(json, store));
            json.Raw(",\"_h\":null}"u8);
            json.Raw(config.RegisteredSealProof is null ? ",\"config\":"u8 : "},\"config\":"u8);
            Store(json, StoreConfig.TreeD(config.Shape, recordedCachePath));
            json.Raw(",\"comm_d\":"u8);
            json.Bytes(commD.AsSpan());
        });
    }

    /// <summary>PC2's output.</summary>
    /// <param name="config">Configuration.</param>
    /// <param name="commR">Commitment to the replica.</param>
    /// <param name="commD">Commitment to the data.</param>
    public static byte[] PreCommit2(SealConfig config, Bytes32 commR, Bytes32 commD)
    {
        ArgumentNullException.ThrowIfNull(config);
        return Write(config, json =>
        {
            json.Raw("\"comm_r\":"u8);
            json.Bytes(commR.AsSpan());
            json.Raw(",\"comm_d\":"u8);
            json.Bytes(commD.AsSpan());
        });
    }

    private static byte[] Write(SealConfig config, Action<CompactJsonWriter> members)
    {
        using var stream = new MemoryStream();
        var json = new CompactJsonWriter(stream);
        json.Raw("{"u8);
        if (config.RegisteredName is { } name)
        {
            json.Raw("\"registered_proof\":"u8);
            json.String(name);
            json.Raw(","u8);
        }

        members(json);
        json.Raw("}"u8);
        json.Flush();
        return stream.ToArray();
    }

    private static void Store(CompactJsonWriter json, StoreConfig store)
    {
        json.Raw("{\"path\":"u8);
        json.String(store.Path);
        json.Raw(",\"id\":"u8);
        json.String(store.Id);
        json.Raw(",\"size\":"u8);
        json.Number((ulong)store.Size);
        json.Raw(",\"rows_to_discard\":"u8);
        json.Number((ulong)store.RowsToDiscard);
        json.Raw("}"u8);
    }
}
