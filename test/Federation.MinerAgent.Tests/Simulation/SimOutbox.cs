using Federation.MinerAgent.Jobs;
using Federation.MinerAgent.Workers;

namespace Federation.MinerAgent.Tests.Simulation;

/// <summary>An agent's disk: outlives the agent.</summary>
internal sealed class SimOutbox : IOutbox
{
    private readonly Dictionary<TaskKey, OutboxEntry> _entries = [];
    private readonly Dictionary<ulong, (uint, uint)> _uploads = [];

    public IReadOnlyCollection<OutboxEntry> Entries => [.. _entries.Values];

    /// <summary>What writing fails with; null while the disk works.</summary>
    public IOException? Full { get; set; }

    public void Put(OutboxEntry entry)
    {
        _entries[entry.Key] = entry;
        RequireRoom();
    }

    public void Remove(TaskKey key) => _entries.Remove(key);

    public bool IsUploaded(ulong sector, uint order, uint wanted) =>
        _uploads.TryGetValue(sector, out var mark) && mark == (order, wanted);

    public void SetUploaded(ulong sector, uint order, uint wanted)
    {
        RequireRoom();
        _uploads[sector] = (order, wanted);
    }

    public void ForgetUploads(ulong sector) => _uploads.Remove(sector);

    private void RequireRoom()
    {
        if (Full is { } error)
        {
            throw error;
        }
    }
}
