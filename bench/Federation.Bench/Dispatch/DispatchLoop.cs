using System.Diagnostics;
using Federation.Discovery;
using Federation.Discovery.Jobs;
using Federation.Discovery.Store;
using Federation.Hosting;
using Federation.Proto.Records;

namespace Federation.Bench.Dispatch;

/// <summary>Registers jobs as the miner does, one at a time, each once its forerunner is gone.</summary>
internal sealed class DispatchLoop(
    JobBoard board, BenchFederation federation, BenchWorker worker, PhaseStartClock clock, Random random)
{
    private const ulong FirstSector = 1_000_000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60), Poll = TimeSpan.FromMilliseconds(5);

    private ulong _sector = FirstSector;

    /// <summary>Measures so many jobs.</summary>
    public async Task<IReadOnlyList<DispatchSample>> RunAsync(int count, CancellationToken cancellationToken)
    {
        var samples = new List<DispatchSample>(count);
        while (samples.Count < count)
        {
            var sector = _sector++;
            samples.Add(await MeasureAsync(sector, cancellationToken));
            await FinishAsync(sector, cancellationToken);
            await federation.AgentIsIdleAsync(cancellationToken);
            // A wait of changing length keeps in step with nothing.
            await Task.Delay(random.Next(50, 150), cancellationToken);
        }

        return samples;
    }

    private async Task<DispatchSample> MeasureAsync(ulong sector, CancellationToken cancellationToken)
    {
        var change = board.Register(Offer(sector));
        var sent = Stopwatch.GetTimestamp();
        var registered = await board.CommitAsync(change, cancellationToken);
        var answered = Stopwatch.GetTimestamp();
        return registered.Applied
            ? new DispatchSample(sent, answered, await StartedAsync(sector, cancellationToken))
            : throw new OperatorException($"the registration of sector {sector} was refused");
    }

    private async Task<long> StartedAsync(ulong sector, CancellationToken cancellationToken)
    {
        try
        {
            return await clock.StartOf(sector).WaitAsync(Limit, cancellationToken);
        }
        catch (TimeoutException error)
        {
            throw new OperatorException(
                $"AP of sector {sector} did not begin within {Limit.TotalSeconds:0} s", null, error);
        }
    }

    /// <summary>Ends the job as the miner does, once the agent has accepted and published what the phase
    /// made.</summary>
    private async Task FinishAsync(ulong sector, CancellationToken cancellationToken)
    {
        for (var started = Stopwatch.GetTimestamp(); !worker.IsIdle
            || !await TryFinishAsync(sector, cancellationToken);)
        {
            if (Stopwatch.GetElapsedTime(started) > Limit)
            {
                throw new OperatorException($"AP of sector {sector} did not end within {Limit.TotalSeconds:0} s");
            }

            await Task.Delay(Poll, cancellationToken);
        }
    }

    private async Task<bool> TryFinishAsync(ulong sector, CancellationToken cancellationToken)
    {
        var listed = await board.Store.RangeAsync(
            new RangeQuery(board.Keys.Job(BenchFederation.RegionName, sector)), cancellationToken);
        return listed.Entries.Count == 1
            && (await board.CommitAsync(board.Finish(Versioned.From<JobRecord>(listed.Entries[0])), cancellationToken))
                .Applied;
    }

    private static QueueRecord Offer(ulong sector) => new()
    {
        Sector = sector,
        Spec = new SealSpec { SealProof = 5, SectorSize = 2048, Miner = 1000 },
        Order = new Order { Number = 1, Phases = { "AP" } },
    };
}
