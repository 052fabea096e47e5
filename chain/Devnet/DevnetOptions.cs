using System.Text.Json.Serialization;

namespace Federation.Chain.Devnet;

/// <summary>Constants of a new devnet. They are fixed by its first start and kept in its log. Immutable.</summary>
public sealed record DevnetOptions
{
    /// <summary>The only miner.</summary>
    public ulong Miner { get; init; } = 1000;

    /// <summary>Time between two epochs; default 1 s.</summary>
    public TimeSpan EpochDuration { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Epochs from a pre-commit to its seed; default 10.</summary>
    public long SeedDelay { get; init; } = 10;

    /// <summary>How far behind the head tickets are drawn; default 5 epochs.</summary>
    public long TicketLookback { get; init; } = 5;

    /// <summary>Age at which a ticket is too old; default 3780 epochs: a day of mainnet and its finality.</summary>
    public long MaxTicketAge { get; init; } = 2880 + 900;

    /// <summary>
    /// Age at which a pre-commit expires; default 30 days of mainnet and the seed delay, as the chain has it.
    /// </summary>
    public long MaxProveCommitDuration { get; init; } = (30 * 2880) + 150;

    /// <summary>Lifetime of sectors; default 540 days of mainnet.</summary>
    public long SectorLifetime { get; init; } = 540 * 2880;

    /// <summary>
    /// What it takes as proofs; default vanilla, which a log that does not say it means: it was begun before there was
    /// a choice.
    /// </summary>
    [JsonConverter(typeof(JsonStringEnumConverter<ProofKind>))]
    public ProofKind Proofs { get; init; } = ProofKind.Vanilla;

    /// <summary>The same as the miner sees it.</summary>
    public ChainParameters ToParameters() => new(
        EpochDuration, SeedDelay, TicketLookback, MaxTicketAge, MaxProveCommitDuration, SectorLifetime, Proofs,
        AllowsTestParameters: true);
}
