using System.Runtime.CompilerServices;
using Federation.Hosting;
using Federation.Launcher.Api;
using Federation.Launcher.Wan;

namespace Federation.Launcher.Up;

/// <summary>From the pledge to the last sector's Proving.</summary>
internal sealed partial class FederationRun
{
    private static readonly TimeSpan FollowInterval = TimeSpan.FromMilliseconds(500),
        MeterInterval = TimeSpan.FromSeconds(5);

    /// <summary>The miner asks its agents for the running phases over the WAN, which is to stay narrow.</summary>
    private static readonly TimeSpan JobsInterval = TimeSpan.FromSeconds(3);

    private async Task PledgeAsync(MinerApi api, CancellationToken cancellationToken)
    {
        var there = (await api.SectorsAsync(cancellationToken)).Count;
        var missing = Math.Max(0, options.Sectors - there);
        for (var i = 0; i < missing; i++)
        {
            await api.PledgeAsync(cancellationToken);
        }

        view.Say(there == 0 ? $"pledged {missing} sectors" : $"{there} sectors were there, pledged {missing} more");
    }

    /// <summary>Shows the sectors until all prove, or all that do not need an operator.</summary>
    private async Task<IReadOnlyList<SectorView>> FollowAsync(
        MinerApi api, RegionMeters meters, CancellationToken cancellationToken)
    {
        IReadOnlyList<SectorView> last = [];
        await view.FollowAsync(UpdatesAsync(cancellationToken), cancellationToken);
        return last;

        async IAsyncEnumerable<IReadOnlyList<SectorView>> UpdatesAsync([EnumeratorCancellation] CancellationToken token)
        {
            var asked = time.GetTimestamp();
            IReadOnlyDictionary<ulong, JobView> jobs = new Dictionary<ulong, JobView>();
            while (true)
            {
                if (view.ShowsWorkers && last.Any(sector => sector.Phase.Length > 0)
                    && time.GetElapsedTime(asked) > JobsInterval)
                {
                    asked = time.GetTimestamp();
                    jobs = await AskAsync(api.JobsAsync, token);
                }

                var now = await AskAsync(api.SectorsAsync, token);
                await meters.ReadAsync(hasChanged: !now.SequenceEqual(last), token);
                last = now;
                yield return [.. last.Select(sector =>
                    sector with { Job = sector.Phase.Length > 0 ? jobs.GetValueOrDefault(sector.Number) : null })];
                if (last.All(sector => sector.IsProving || sector.NeedsOperator))
                {
                    yield break;
                }

                await Task.Delay(FollowInterval, time, token);
            }
        }
    }

    /// <summary>
    /// Asks the miner, with patience for one that is busy; one that has died is noticed as a process.
    /// </summary>
    private async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        for (var started = time.GetTimestamp(); ;)
        {
            try
            {
                return await ask(cancellationToken);
            }
            catch (OperatorException error) when (error is not MinerRefusedException)
            {
                if (time.GetElapsedTime(started) > StartLimit)
                {
                    throw new OperatorException(
                        $"the miner has not answered for {StartLimit.TotalSeconds:0} s: {error.Message}",
                        $"its log is {_folder.Log("miner")}", error);
                }

                await Task.Delay(FollowInterval, time, cancellationToken);
            }
        }
    }

    private async Task KeepRunningAsync(RegionMeters meters, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(MeterInterval, time, cancellationToken);
                await meters.ReadAsync(hasChanged: false, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The operator has seen enough: this is how running on ends.
        }
    }
}
