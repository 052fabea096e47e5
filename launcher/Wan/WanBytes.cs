namespace Federation.Launcher.Wan;

/// <summary>Bytes that crossed between a region and the rest of the federation, both ways together.</summary>
/// <param name="Store">To and from the store.</param>
/// <param name="Miner">To and from the miner's gRPC port.</param>
/// <param name="Bulk">To and from the miner's bulk port: the sectors' proofs.</param>
internal readonly record struct WanBytes(long Store, long Miner, long Bulk)
{
    /// <summary>All but the proofs, which are megabytes where the devnet takes vanilla ones.</summary>
    public long Metadata => Store + Miner;

    /// <summary>Sum.</summary>
    public static WanBytes operator +(WanBytes left, WanBytes right) =>
        new(left.Store + right.Store, left.Miner + right.Miner, left.Bulk + right.Bulk);
}
