using Federation.Discovery;
using Federation.Discovery.Store;
using Federation.Proto.Records;
using Federation.Storage;

namespace Federation.MinerAgent.Jobs;

/// <summary>
/// Drives one held job: adopts it on the lease, publishes what was accepted, runs the order's phases one after the
/// other, and waits for the miner's next order. It ends when the job is gone or held by another, and then leaves
/// nothing of its own behind. One loop; <see cref="Update"/>, <see cref="Gone"/> and <see cref="Wake"/> may be called
/// from anywhere.
/// </summary>
public sealed partial class JobDriver
{
    private readonly JobContext _context;
    private readonly Lock _gate = new();
    private readonly Signal _changed = new();
    private readonly ulong _epoch;
    private readonly SectorId _sectorId;
    private Versioned<JobRecord> _job;
    private Versioned<ReportRecord>? _report;
    private ILease? _lease;
    private bool _gone;

    /// <summary>Creates the driver of a job that this repository holds.</summary>
    /// <param name="context">What it works with.</param>
    /// <param name="job">The job.</param>
    /// <param name="report">Its report, where a claim just returned it.</param>
    /// <param name="lease">The lease that the claim hangs on; null to adopt the job first.</param>
    public JobDriver(JobContext context, Versioned<JobRecord> job, Versioned<ReportRecord>? report, ILease? lease)
    {
        _context = context;
        _job = job;
        _report = report;
        _lease = lease;
        _epoch = job.Record.Epoch;
        _sectorId = new SectorId(job.Record.Spec?.Miner ?? 0, job.Record.Sector);
    }

    /// <summary>Sector number.</summary>
    public ulong Sector => _job.Record.Sector;

    /// <summary>The job's epoch that this driver began with.</summary>
    public ulong Epoch => _epoch;

    /// <summary>The job as last seen.</summary>
    public Versioned<JobRecord> Job
    {
        get
        {
            lock (_gate)
            {
                return _job;
            }
        }
    }

    /// <summary>The job's record changed.</summary>
    public void Update(Versioned<JobRecord> job)
    {
        lock (_gate)
        {
            if (job.ModRevision <= _job.ModRevision)
            {
                return;
            }

            _job = job;
        }

        _changed.Raise();
    }

    /// <summary>The job was deleted at a revision; one that is older than what is known says nothing.</summary>
    public void Gone(long revision)
    {
        lock (_gate)
        {
            if (revision <= _job.ModRevision)
            {
                return;
            }

            _gone = true;
        }

        _changed.Raise();
    }

    /// <summary>Something around it changed, such as the lease: look again.</summary>
    public void Wake() => _changed.Raise();

    /// <summary>Drives until the job is gone or another's, then cleans up; a stop leaves everything as it is.</summary>
    /// <exception cref="OperationCanceledException">The agent stops.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        while (true)
        {
            var changed = _changed.Next;
            if (!await IsOursAsync(stop))
            {
                break;
            }

            await PublishAcceptedAsync(stop);
            StartUpload(stop);
            if (JobPlan.Next(Job.Record, _report?.Record) is JobStep.Run step)
            {
                await RunOnceAsync(step, stop);
                continue;
            }

            Settle();
            await changed.InContext().WaitAsync(stop);
        }

        await LeaveAsync(stop);
    }

    /// <summary>True while the record names this repository under the epoch that this driver began with.</summary>
    private bool IsHeld()
    {
        lock (_gate)
        {
            return !_gone && _job.Record.Epoch == _epoch
                && _job.Record.Agent == _context.Me.Name && _job.Record.AgentRepository == _context.Me.RepositoryId;
        }
    }

    /// <summary>True while the job is held and wants this order's phases run.</summary>
    private async Task<bool> IsWantedAsync(uint order, CancellationToken stop) =>
        await IsOursAsync(stop) && Job.Record is { Cancel: false, Order: { } present } && present.Number == order;
}
