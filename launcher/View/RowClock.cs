using Federation.Launcher.Api;

namespace Federation.Launcher.View;

/// <summary>Knows since when each sector is where it is, by this process's clock.</summary>
internal sealed class RowClock(TimeProvider time)
{
    private readonly Dictionary<ulong, (string What, string Wait, long At)> _since = [];

    /// <summary>
    /// Rows with times; <c>IsNew</c> where state, phase, worker or what it waits for changed since the last call.
    /// </summary>
    public IReadOnlyList<(SectorRow Row, bool IsNew)> Update(IReadOnlyList<SectorView> sectors)
    {
        var rows = new List<(SectorRow, bool)>(sectors.Count);
        foreach (var sector in sectors)
        {
            var what = $"{sector.State} {sector.Region} {sector.Job?.Phase} {sector.Job?.Hostname}";
            var isElsewhere = !_since.TryGetValue(sector.Number, out var since) || since.What != what;
            var isNew = isElsewhere || since.Wait != sector.Wait;
            var at = isElsewhere ? time.GetTimestamp() : since.At;
            _since[sector.Number] = (what, sector.Wait, at);
            rows.Add((new SectorRow(sector, time.GetElapsedTime(at)), isNew));
        }

        return rows;
    }
}
