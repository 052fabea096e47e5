using System.Collections.Concurrent;
using System.Globalization;
using Federation.Discovery;
using Federation.Discovery.Mirror;
using Federation.Proto.Records;
using Google.Protobuf;

namespace Federation.Miner.Sectors;

/// <summary>
/// The miner's picture of the store's sectors and jobs, as its watches tell it: for lists, numbers and hints. Decisions
/// are made on what is read anew. Thread-safe.
/// </summary>
internal sealed class SectorIndex(FederationKeys keys)
{
    private readonly ConcurrentDictionary<string, object> _entries = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ulong, SectorRecord> _sectors = [];
    private readonly ConcurrentDictionary<ulong, string> _regions = [];
    private readonly ConcurrentDictionary<ulong, bool> _waiting = [];
    private readonly ConcurrentDictionary<ulong, TaskCompletionSource> _awaited = [];
    private readonly TaskCompletionSource _sectorsListed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _jobsListed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes once sectors and jobs have been read from the store; before, nothing here can be told from
    /// what is not there.</summary>
    public Task Listed => Task.WhenAll(_sectorsListed.Task, _jobsListed.Task);

    /// <summary>All sectors, by number.</summary>
    public IReadOnlyList<SectorRecord> Sectors => [.. _sectors.Values.OrderBy(static sector => sector.Sector)];

    /// <summary>All jobs that agents hold or held, with their region.</summary>
    public IReadOnlyList<Versioned<JobRecord>> Jobs => [.. _entries.Values.OfType<Versioned<JobRecord>>()];

    /// <summary>The phase that runs for a sector by its agent's report; null when none does.</summary>
    public PhaseReport? RunningPhase(SectorRecord sector) =>
        WorkOf(sector).Report is { } report && report.Order == sector.Order
            ? report.Phases.FirstOrDefault(static phase => phase.State == PhaseState.Running)
            : null;

    /// <summary>A sector's region, "" when it has none yet, and what offer, job and report say of it.</summary>
    public (string Region, QueueRecord? Offer, JobRecord? Job, ReportRecord? Report) WorkOf(SectorRecord sector)
    {
        var region = RegionOf(sector.Sector) ?? sector.Region;
        return (
            region,
            Record<QueueRecord>(keys.QueueOf(sector.Sector)),
            region.Length > 0 ? Record<JobRecord>(keys.Job(region, sector.Sector)) : null,
            region.Length > 0 ? Record<ReportRecord>(keys.Report(region, sector.Sector)) : null);
    }

    /// <summary>A sector; null when there is none.</summary>
    public SectorRecord? Sector(ulong number) => _sectors.GetValueOrDefault(number);

    /// <summary>Completes once the sector is here: what was written comes by the watch a moment later.</summary>
    public async Task SeenAsync(ulong number, CancellationToken cancellationToken)
    {
        var seen = _awaited.GetOrAdd(
            number, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            if (!_sectors.ContainsKey(number))
            {
                await seen.Task.WaitAsync(cancellationToken);
            }
        }
        finally
        {
            _awaited.TryRemove(KeyValuePair.Create(number, seen));
        }
    }

    /// <summary>The first number above all that were ever given: 1 at first, as 0 would be left out of JSON.</summary>
    public ulong NextNumber() => _sectors.IsEmpty ? 1 : _sectors.Keys.Max() + 1;

    /// <summary>The region where a sector's job was last seen; null when none was.</summary>
    public string? RegionOf(ulong sector) => _regions.GetValueOrDefault(sector);

    /// <summary>
    /// The sectors that a head may move: of those that wait for a seed, the ones whose seed is there.
    /// </summary>
    public IEnumerable<ulong> WaitingForTheChain(long head, long seedDelay) => _waiting.Keys.Where(number =>
        Sector(number) is { } sector
            && (sector.State != SectorStates.WaitSeed || sector.PrecommitEpoch + seedDelay <= head));

    public void Put<T>(Versioned<T> entry)
        where T : class, IMessage<T>, new()
    {
        _entries[entry.Key] = entry;
        if (entry.Record is SectorRecord sector)
        {
            Put(sector);
        }
        else if (keys.TryParseJob(entry.Key, out var region, out var number))
        {
            _regions[number] = region;
        }
    }

    public void Delete(string key)
    {
        _entries.TryRemove(key, out _);
        if (key.StartsWith(keys.Sectors, StringComparison.Ordinal) && TrySector(key, out var sector))
        {
            _sectors.TryRemove(sector, out _);
            _waiting.TryRemove(sector, out _);
        }
    }

    public void Replace<T>(MirrorEvent<T>.Snapshot snapshot)
        where T : class, IMessage<T>, new()
    {
        foreach (var gone in _entries.Where(
            pair => pair.Value is Versioned<T> && !snapshot.Entries.ContainsKey(pair.Key)))
        {
            Delete(gone.Key);
        }

        foreach (var entry in snapshot.Entries.Values)
        {
            Put(entry);
        }

        var listed = typeof(T) == typeof(SectorRecord) ? _sectorsListed
            : typeof(T) == typeof(JobRecord) ? _jobsListed
            : null;
        listed?.TrySetResult();
    }

    /// <summary>The sector that a key is about: every key of ours ends with its number.</summary>
    public bool TrySector(string key, out ulong sector)
    {
        sector = 0;
        return key.StartsWith(keys.Root, StringComparison.Ordinal)
            && ulong.TryParse(key.AsSpan(key.LastIndexOf('/') + 1), NumberStyles.None, CultureInfo.InvariantCulture,
                out sector);
    }

    private T? Record<T>(string key)
        where T : class, IMessage<T>, new() => (_entries.GetValueOrDefault(key) as Versioned<T>)?.Record;

    private void Put(SectorRecord sector)
    {
        _sectors[sector.Sector] = sector;
        if (_awaited.TryGetValue(sector.Sector, out var seen))
        {
            seen.TrySetResult();
        }

        if (SectorTransitions.IsChainWait(sector.State))
        {
            _waiting[sector.Sector] = true;
        }
        else
        {
            _waiting.TryRemove(sector.Sector, out _);
        }
    }
}
