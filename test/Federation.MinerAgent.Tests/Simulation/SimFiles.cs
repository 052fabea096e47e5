using Federation.MinerAgent.Jobs;
using Federation.Storage;
using Federation.Storage.Attempts;

namespace Federation.MinerAgent.Tests.Simulation;

/// <summary>One region's storage in memory, shared by its agents and workers.</summary>
internal sealed class SimFiles : IRegionFiles
{
    private readonly Dictionary<(ulong Sector, string Phase, AttemptId Attempt),
    (uint Order, bool Complete)> _attempts = [];

    public Dictionary<(ulong Sector, uint Order, string Phase), AttemptId> Published { get; } = [];

    public IEnumerable<string> Attempts => _attempts.Keys.Select(key => $"{key.Sector}/{key.Phase}/{key.Attempt}");

    public string? Proof { get; set; }

    /// <summary>What looking for a proof fails with; null for nothing.</summary>
    public Exception? ProofError { get; set; }

    /// <summary>What every new attempt fails with; null for none.</summary>
    public StorageException? Broken { get; set; }

    public Task<AttemptPlace> CreateAttemptAsync(
        SectorId sector, ulong sectorSize, string phase, ulong epoch, uint order, ulong after,
        CancellationToken cancellationToken)
    {
        if (Broken is not null)
        {
            return Task.FromException<AttemptPlace>(Broken);
        }

        var last = _attempts.Keys.Where(
            key => key.Sector == sector.Number && key.Phase == phase && key.Attempt.Epoch == epoch)
            .Select(key => key.Attempt.Number).Append(after).Max();
        var attempt = new AttemptId(epoch, last + 1);
        _attempts.Add((sector.Number, phase, attempt), (order, false));
        return Task.FromResult(new AttemptPlace("storage", attempt));
    }

    /// <summary>The worker's side: false when the folder is gone.</summary>
    public bool Complete(ulong sector, string phase, string attempt)
    {
        var key = (sector, phase, AttemptId.Parse(attempt));
        var found = _attempts.TryGetValue(key, out var value);
        if (found)
        {
            _attempts[key] = (value.Order, true);
        }

        return found;
    }

    public void Remove(ulong sector, string phase, string attempt) =>
        _attempts.Remove((sector, phase, AttemptId.Parse(attempt)));

    public Task<string?> CheckAsync(
        SectorId sector, string phase, AttemptId attempt, IReadOnlyList<AttemptFile> files,
        CancellationToken cancellationToken) =>
        Task.FromResult(_attempts.TryGetValue((sector.Number, phase, attempt), out var value) && value.Complete
            ? null : $"attempt {attempt} is not complete");

    public Task<PublishOutcome> PublishAsync(
        SectorId sector, string phase, uint order, AttemptId attempt, CancellationToken cancellationToken)
    {
        if (Published.TryGetValue((sector.Number, order, phase), out var winner))
        {
            Assert.Equal(winner, attempt);
            return Task.FromResult(PublishOutcome.AlreadyPublished);
        }

        if (!_attempts.TryGetValue((sector.Number, phase, attempt), out var value) || !value.Complete)
        {
            return Task.FromResult(PublishOutcome.Missing);
        }

        Published.Add((sector.Number, order, phase), attempt);
        foreach (var key in _attempts.Where(
            pair => pair.Key.Sector == sector.Number && pair.Key.Phase == phase && pair.Value.Order <= order)
            .Select(pair => pair.Key).ToList())
        {
            _attempts.Remove(key);
        }

        return Task.FromResult(PublishOutcome.Published);
    }

    public Task DiscardAsync(SectorId sector, string? phase, ulong epoch, CancellationToken cancellationToken)
    {
        foreach (var key in _attempts.Keys.Where(key => key.Sector == sector.Number && key.Attempt.Epoch == epoch
            && (phase is null || key.Phase == phase)).ToList())
        {
            _attempts.Remove(key);
        }

        return Task.CompletedTask;
    }

    public Task ForgetAsync(SectorId sector, CancellationToken cancellationToken)
    {
        foreach (var key in _attempts.Keys.Where(key => key.Sector == sector.Number).ToList())
        {
            _attempts.Remove(key);
        }

        return Task.CompletedTask;
    }

    /// <summary>Phases whose output was asked for.</summary>
    public HashSet<string> ProofsAsked { get; } = [];

    public string? FindProof(SectorId sector, string phase)
    {
        ProofsAsked.Add(phase);
        return ProofError is { } error ? throw error : Proof;
    }
}
