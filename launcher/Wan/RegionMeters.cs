using Federation.Launcher.Sites;

namespace Federation.Launcher.Wan;

/// <summary>Reads what the regions' agents count. Used by one task at a time.</summary>
internal sealed class RegionMeters
{
    private readonly IReadOnlyList<RegionSite> _regions;
    private readonly WanMeter _meter;
    private readonly HttpClient _http;
    private readonly IdleGauge _idle;

    /// <summary>The meters of agents that have just been started.</summary>
    public RegionMeters(IReadOnlyList<RegionSite> regions, WanMeter meter, HttpClient http, TimeProvider time)
    {
        (_regions, _meter, _http, _idle) = (regions, meter, http, new IdleGauge(time));
        _meter.AgentsRestart();
    }

    /// <summary>Bytes so far, all regions and all runs together.</summary>
    public WanBytes Total => _meter.Total;

    /// <summary>
    /// Bytes per second and agent while no sector moves; null when that was not seen for long enough.
    /// </summary>
    public double? IdleBytesPerSecond => _idle.BytesPerSecond / _regions.Count;

    /// <summary>Reads all agents and keeps the sums.</summary>
    /// <param name="hasChanged">Whether a sector has moved since the last reading.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public async Task ReadAsync(bool hasChanged, CancellationToken cancellationToken)
    {
        foreach (var region in _regions)
        {
            try
            {
                _meter.Read(region.Name, await _http.GetStringAsync(region.Metrics, cancellationToken));
            }
            catch (Exception error) when (error is HttpRequestException
                || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                // A page that does not answer now, or not in time, is read again later; a dead agent is noticed as a
                // process.
            }
        }

        _idle.Read(Total.Metadata, hasChanged);
        _meter.Save();
    }
}
