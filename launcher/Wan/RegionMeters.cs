using Federation.Launcher.Sites;

namespace Federation.Launcher.Wan;

/// <summary>Reads what the regions' agents count. Used by one task at a time.</summary>
internal sealed class RegionMeters
{
    private readonly IReadOnlyList<RegionSite> _regions;
    private readonly WanMeter _meter;
    private readonly HttpClient _http;

    /// <summary>The meters of agents that have just been started.</summary>
    public RegionMeters(IReadOnlyList<RegionSite> regions, WanMeter meter, HttpClient http)
    {
        (_regions, _meter, _http) = (regions, meter, http);
        _meter.AgentsRestart();
    }

    /// <summary>Bytes so far, all regions and all runs together.</summary>
    public WanBytes Total => _meter.Total;

    /// <summary>Reads all agents and keeps the sums.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        foreach (var region in _regions)
        {
            try
            {
                _meter.Read(region.Name, await _http.GetStringAsync(region.Metrics, cancellationToken));
            }
            catch (HttpRequestException)
            {
                // A page that does not answer now is read again later; a dead agent is noticed as a process.
            }
        }

        _meter.Save();
    }
}
