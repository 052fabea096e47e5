using System.Runtime.CompilerServices;
using Federation.Launcher.Api;
using Federation.Launcher.Sites;
using Federation.Launcher.Wan;

namespace Federation.Launcher.Up;

/// <summary>From the pledge to the last sector's Proving.</summary>
internal sealed partial class FederationRun
{
    private static readonly TimeSpan FollowInterval = TimeSpan.FromMilliseconds(500), MeterInterval = TimeSpan.FromSeconds(5);

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
        MinerApi api, IReadOnlyList<RegionSite> regions, WanMeter meter, HttpClient http, CancellationToken cancellationToken)
    {
        IReadOnlyList<SectorView> last = [];
        await view.FollowAsync(UpdatesAsync(cancellationToken), cancellationToken);
        await ReadMetersAsync(regions, meter, http, cancellationToken);
        return last;

        async IAsyncEnumerable<IReadOnlyList<SectorView>> UpdatesAsync([EnumeratorCancellation] CancellationToken token)
        {
            var metered = time.GetTimestamp();
            while (true)
            {
                yield return last = await api.SectorsAsync(token);
                if (last.All(sector => sector.IsProving || sector.NeedsOperator))
                {
                    yield break;
                }

                if (time.GetElapsedTime(metered) > MeterInterval)
                {
                    metered = time.GetTimestamp();
                    await ReadMetersAsync(regions, meter, http, token);
                }

                await Task.Delay(FollowInterval, time, token);
            }
        }
    }

    private async Task KeepRunningAsync(
        IReadOnlyList<RegionSite> regions, WanMeter meter, HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(MeterInterval, time, cancellationToken);
                await ReadMetersAsync(regions, meter, http, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The operator has seen enough: this is how running on ends.
        }
    }

    private static async Task ReadMetersAsync(
        IReadOnlyList<RegionSite> regions, WanMeter meter, HttpClient http, CancellationToken cancellationToken)
    {
        foreach (var region in regions)
        {
            try
            {
                meter.Read(region.Name, await http.GetStringAsync(region.Metrics, cancellationToken));
            }
            catch (HttpRequestException)
            {
                // A page that does not answer now is read again later; a dead agent is noticed as a process.
            }
        }

        meter.Save();
    }
}
