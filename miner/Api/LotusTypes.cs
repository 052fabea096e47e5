using System.Text.Json.Serialization;

namespace Federation.Miner.Api;

// Shapes of Lotus's JSON API: names, order and forms are its own.

/// <summary>A CID as JSON has it.</summary>
internal sealed record CidLink([property: JsonPropertyName("/")] string Cid)
{
    public static CidLink? OrNull(string cid) => cid.Length == 0 ? null : new CidLink(cid);
}

/// <summary>A sector's id.</summary>
internal sealed record SectorId(ulong Miner, ulong Number);

/// <summary>The version of a daemon.</summary>
internal sealed record ApiVersionInfo(string Version, uint APIVersion, ulong BlockDelay, string Agent);

/// <summary>Ticket or seed with its epoch.</summary>
internal sealed record SealRandomness(byte[]? Value, long Epoch);

/// <summary>One entry of a sector's log.</summary>
internal sealed record SectorLogEntry(string Kind, long Timestamp, string Trace, string Message);

/// <summary>A piece of a sector.</summary>
internal sealed record LotusPiece(ulong Size, CidLink PieceCID);

/// <summary>A piece and the deal that it belongs to; null for filler.</summary>
internal sealed record SectorPiece(LotusPiece Piece, object? DealInfo);

/// <summary>What SectorsStatus answers; the last members are this miner's own.</summary>
internal sealed record SectorStatus
{
    public required ulong SectorID { get; init; }

    public required string State { get; init; }

    public required CidLink? CommD { get; init; }

    public required CidLink? CommR { get; init; }

    public byte[]? Proof { get; init; }

    public IReadOnlyList<ulong> Deals { get; init; } = [0];

    public required IReadOnlyList<SectorPiece> Pieces { get; init; }

    public required SealRandomness Ticket { get; init; }

    public required SealRandomness Seed { get; init; }

    public required CidLink? PreCommitMsg { get; init; }

    public required CidLink? CommitMsg { get; init; }

    public required uint Retries { get; init; }

    public bool ToUpgrade { get; init; }

    public CidLink? ReplicaUpdateMessage { get; init; }

    public required string LastErr { get; init; }

    public required IReadOnlyList<SectorLogEntry> Log { get; init; }

    public required int SealProof { get; init; }

    public long Activation { get; init; }

    public long Expiration { get; init; }

    public string DealWeight { get; init; } = "0";

    public string VerifiedDealWeight { get; init; } = "0";

    public string InitialPledge { get; init; } = "0";

    public long OnTime { get; init; }

    public long Early { get; init; }

    public required string Region { get; init; }

    public required string Agent { get; init; }

    public required bool NeedsOperator { get; init; }

    public required IReadOnlyDictionary<string, double> PhaseSeconds { get; init; }
}

/// <summary>What a worker's machine has.</summary>
internal sealed record WorkerResources(
    ulong MemPhysical, ulong MemUsed, ulong MemSwap, ulong MemSwapUsed, ulong CPUs, IReadOnlyList<string>? GPUs,
        object? Resources);

/// <summary>What a worker is.</summary>
internal sealed record WorkerInfo(string Hostname, bool IgnoreResources, WorkerResources Resources);

/// <summary>One worker of WorkerStats; the last members are this miner's own.</summary>
internal sealed record WorkerStats(
    WorkerInfo Info, IReadOnlyList<string> Tasks, bool Enabled, ulong MemUsedMin, ulong MemUsedMax, double GpuUsed,
        ulong CpuUse,
    IReadOnlyDictionary<string, int> TaskCounts, string Agent, string Region, IReadOnlyDictionary<string, uint> Slots);

/// <summary>Id of a task of a worker.</summary>
internal sealed record CallId(SectorId Sector, string ID);

/// <summary>One task of WorkerJobs.</summary>
internal sealed record WorkerJob(
    CallId ID, SectorId Sector, string Task, int RunWait, DateTimeOffset Start, string Hostname);
