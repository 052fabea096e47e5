using Federation.Discovery.Jobs;
using Federation.Discovery.Store;
using Federation.Discovery.Tests.Support;
using Federation.Proto.Records;
using Google.Protobuf;

namespace Federation.Discovery.Tests.Jobs;

/// <summary>Does what agents and miners do, by chance, and half of the time on records that it read some time
/// ago.</summary>
internal sealed class BoardActor(JobBoard board, AgentIdentity me, Random random, int sectors)
{
    private readonly Dictionary<string, object> _remembered = [];
    private ILease? _lease;

    public async Task RunAsync(int steps)
    {
        _lease = await board.LeaseAsync();
        for (var i = 0; i < steps; i++)
        {
            await StepAsync((ulong)random.Next(sectors));
        }

        await _lease.DisposeAsync();
    }

    private async Task StepAsync(ulong sector)
    {
        switch (random.Next(16))
        {
            case 0:
                // The miner's sector record says that it is new; here its job's absence does.
                var isNew = JobChange.Only(Guard.Absent(board.Keys.Job(me.Region, sector)));
                await CommitAsync(isNew + board.Register(BoardExtensions.Offer(sector)));
                break;
            case 1:
                await _lease!.DisposeAsync();
                _lease = await board.LeaseAsync();
                break;
            case 2 or 3 or 4 or 5 when await SeeAsync<QueueRecord>(board.Keys.QueueOf(sector)) is { } offer
                && offer.Record.Region is "" or "north":
                await board.ClaimAsync(offer, me, _lease!, CancellationToken.None).BoundAsync();
                break;
            default:
                if (await SeeAsync<JobRecord>(board.Keys.Job(me.Region, sector)) is { } job)
                {
                    await OnJobAsync(job);
                }

                break;
        }
    }

    private async Task OnJobAsync(Versioned<JobRecord> job)
    {
        switch (random.Next(9))
        {
            case 0:
                await CommitAsync(board.Reoffer(job));
                break;
            case 1 when job.Record.Agent.Length > 0:
                var order = new Order { Number = job.Record.Order.Number + 1, Phases = { "PC1", "PC2" } };
                await CommitAsync(board.GiveOrder(job, order));
                break;
            case 2 when random.Next(4) == 0:
                await CommitAsync(board.Move(
                    job, "", new Order { Number = job.Record.Order.Number + 1, Phases = { "AP" } }));
                break;
            case 3:
                await board.ReleaseAsync(job, _lease!, CancellationToken.None).BoundAsync();
                break;
            case 4:
                await board.AdoptAsync(job, me, _lease!, CancellationToken.None).BoundAsync();
                break;
            default:
                await ReportAsync(job);
                break;
        }
    }

    private async Task ReportAsync(Versioned<JobRecord> job)
    {
        var seen = await SeeAsync<ReportRecord>(board.Keys.Report(me.Region, job.Record.Sector));
        var isSameOrder = seen is not null && seen.Record.Order == job.Record.Order.Number;
        var done = isSameOrder ? seen!.Record.Phases.Where(static p => p.State == PhaseState.Done).ToArray() : [];
        var phase = job.Record.Order.Phases[done.Length % job.Record.Order.Phases.Count];
        var next = BoardExtensions.Phase(phase, (PhaseState)random.Next(1, 4), $"{job.Record.Epoch}-{random.Next(9)}");
        await board.ReportAsync(job, seen, _lease!, [.. done, next]);
    }

    private Task<CommitResult> CommitAsync(JobChange change) =>
        board.CommitAsync(change, CancellationToken.None).BoundAsync();

    private async Task<Versioned<T>?> SeeAsync<T>(string key)
        where T : class, IMessage<T>, new()
    {
        if (random.Next(2) == 0 && _remembered.TryGetValue(key, out var old))
        {
            return (Versioned<T>)old;
        }

        var fresh = await board.ReadAsync<T>(key);
        if (fresh is not null)
        {
            _remembered[key] = fresh;
        }

        return fresh;
    }
}
