using Federation.Discovery;
using Federation.Proto.Records;

namespace Federation.Miner.Sectors;

/// <summary>All that the store holds of one sector, read at one revision. Immutable.</summary>
internal sealed record SectorView(
    Versioned<SectorRecord> Sector,
    Versioned<QueueRecord>? Offer,
    Versioned<JobRecord>? Job,
    Versioned<ReportRecord>? Report,
    Versioned<ClaimRecord>? Claim)
{
    /// <summary>Why a record that others write cannot be read; null when all can.</summary>
    public string? Unreadable { get; init; }

    public SectorRecord Record => Sector.Record;

    /// <summary>The agent's report of the present order; null when it has said nothing of it.</summary>
    public ReportRecord? Current => Report?.Record is { } report && report.Order == Record.Order ? report : null;

    /// <summary>A phase of the present order.</summary>
    public PhaseReport? Phase(string phase) => Current?.Phases.FirstOrDefault(report => report.Phase == phase);

    /// <summary>True while an agent is named in the job but holds no claim: its lease has ended.</summary>
    public bool HasLostItsAgent => Job is { Record.Agent.Length: > 0 } && Claim is null;
}
