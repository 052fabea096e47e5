namespace Federation.Chain;

/// <summary>What the miner needs of a chain. Answers concern the head unless said otherwise. Thread-safe.</summary>
public interface IChain
{
    /// <summary>The network's constants; they never change while the process runs.</summary>
    ChainParameters Parameters { get; }

    /// <summary>The present head.</summary>
    ValueTask<ChainHead> HeadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Follows the head: yields the present one at once, then later ones. Never goes back; a slow reader gets the
    /// latest and misses what lay between.
    /// </summary>
    IAsyncEnumerable<ChainHead> HeadsAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Sealing randomness (a ticket) or the interactive seal challenge (a seed) of an epoch, 32 bytes.
    /// Returns null while the epoch is not reached.
    /// </summary>
    ValueTask<byte[]?> RandomnessAsync(RandomnessPurpose purpose, long epoch, CancellationToken cancellationToken);

    /// <summary>
    /// Pushes a message. Idempotent by the message's CID: pushing the same bytes twice is one message.
    /// A message that cannot be valid is refused at once, with the chain's words; once the push has returned without a
    /// refusal the message is not lost.
    /// </summary>
    Task<PushOutcome> PushAsync(ChainMessage message, CancellationToken cancellationToken);

    /// <summary>
    /// Looks a message up by its CID; null = the chain does not know it. A pending one has no receipt yet.
    /// </summary>
    Task<MessageLookup?> SearchAsync(string messageCid, CancellationToken cancellationToken);

    /// <summary>
    /// What the chain holds of a sector: its pre-commit and its commit; null members where there is none.
    /// </summary>
    Task<OnChainSector> SectorAsync(ulong sector, CancellationToken cancellationToken);
}
