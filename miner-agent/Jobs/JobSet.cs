using Federation.Discovery;
using Federation.Discovery.Mirror;
using Federation.MinerAgent.Workers;
using Federation.Proto.Records;

namespace Federation.MinerAgent.Jobs;

/// <summary>
/// The jobs that this repository holds, each with its driver. It follows its region's jobs and the queue, takes up
/// again what it held before a restart, and claims what it has slots for. Thread-safe.
/// </summary>
public sealed partial class JobSet : IStrangerJudge
{
    private readonly JobContext _context;
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, Versioned<JobRecord>> _jobs = [];
    private readonly Dictionary<ulong, Held> _held = [];
    private readonly HashSet<ulong> _claiming = [];
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationToken _stop;

    /// <summary>Creates the set; nothing runs before <see cref="RunAsync"/>.</summary>
    public JobSet(JobContext context)
    {
        _context = context;
        context.Pool.Judge = this;
    }

    /// <summary>Completes when the region's jobs have been read once and those held before are driven again.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Jobs held: unfinished claims.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _held.Count + _claiming.Count(sector => !_held.ContainsKey(sector));
            }
        }
    }

    /// <summary>Runs until it is cancelled; drivers then stop where they are, what workers run goes on.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        _stop = stop;
        try
        {
            await Task.WhenAll(FollowJobsAsync(stop), FollowOffersAsync(stop), ClaimLoopAsync(stop));
        }
        finally
        {
            await StoppedAsync();
        }
    }

    /// <summary>The lease changed: every driver looks whether it must adopt.</summary>
    public void WakeAll()
    {
        List<Held> held;
        lock (_gate)
        {
            held = [.. _held.Values];
        }

        held.ForEach(job => job.Driver.Wake());
        _claimable.Raise();
    }

    /// <inheritdoc/>
    public StrangerVerdict Judge(TaskKey key)
    {
        Held? held;
        lock (_gate)
        {
            if (!_ready.Task.IsCompleted || _claiming.Contains(key.Sector))
            {
                return StrangerVerdict.Keep;
            }

            held = _held.GetValueOrDefault(key.Sector);
        }

        return held?.Driver.Judge(key) ?? StrangerVerdict.Unwanted;
    }

    private async Task FollowJobsAsync(CancellationToken stop)
    {
        var prefix = _context.Board.Keys.JobsIn(_context.Me.Region);
        var mirror = new RecordMirror<JobRecord>(_context.Board.Store, prefix, _context.Time)
        {
            Random = _context.Random,
        };
        await foreach (var change in mirror.FollowAsync(stop))
        {
            switch (change)
            {
                case MirrorEvent<JobRecord>.Snapshot snapshot:
                    Reconcile(snapshot);
                    break;
                case MirrorEvent<JobRecord>.Changed changed:
                    Changed(changed.Entry);
                    break;
                case MirrorEvent<JobRecord>.Deleted deleted:
                    Deleted(deleted.Key, deleted.Revision);
                    break;
                case MirrorEvent<JobRecord>.Invalid invalid:
                    Log.Invalid(_context.Logger, invalid.Key, invalid.Reason);
                    break;
            }
        }
    }

    private void Reconcile(MirrorEvent<JobRecord>.Snapshot snapshot)
    {
        foreach (var job in snapshot.Entries.Values)
        {
            Changed(job);
        }

        List<string> missing;
        lock (_gate)
        {
            missing = [.. _jobs.Values.Select(job => job.Key).Where(key => !snapshot.Entries.ContainsKey(key))];
        }

        missing.ForEach(key => Deleted(key, snapshot.Revision));
        if (_ready.TrySetResult())
        {
            DropOrphans();
            _context.Pool.JudgeStrangers();
        }
    }

    private void Changed(Versioned<JobRecord> job)
    {
        JobDriver? driver;
        lock (_gate)
        {
            var sector = job.Record.Sector;
            if (_jobs.TryGetValue(sector, out var known) && known.ModRevision >= job.ModRevision)
            {
                return;
            }

            _jobs[sector] = job;
            driver = _held.GetValueOrDefault(sector)?.Driver;
            if (driver is null)
            {
                TakeUp(sector);
            }
        }

        driver?.Update(job);
    }

    private void Deleted(string key, long revision)
    {
        List<JobDriver> drivers = [];
        lock (_gate)
        {
            foreach (var job in _jobs.Values.Where(job => job.Key == key && job.ModRevision < revision).ToList())
            {
                _jobs.Remove(job.Record.Sector);
            }

            drivers.AddRange(_held.Values.Select(held => held.Driver).Where(driver => driver.Job.Key == key));
        }

        drivers.ForEach(driver => driver.Gone(revision));
    }

    /// <summary>Results of jobs that nobody holds any more are of no use to anyone.</summary>
    private void DropOrphans()
    {
        foreach (var entry in _context.Outbox.Entries)
        {
            bool held;
            lock (_gate)
            {
                held = _held.ContainsKey(entry.Key.Sector);
            }

            if (!held)
            {
                Log.Orphan(_context.Logger, entry.Key.Phase, entry.Key.Sector);
                _context.Outbox.Remove(entry.Key);
            }
        }
    }

    private bool IsMine(JobRecord job) =>
        job.Agent == _context.Me.Name && job.AgentRepository == _context.Me.RepositoryId;

    private sealed record Held(JobDriver Driver, Task Running);
}
