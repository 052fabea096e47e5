using System.Globalization;
using Federation.Hosting.Units;
using Federation.Launcher.Api;

namespace Federation.Launcher.View;

/// <summary>One line of the table: sector, state, region, phase, worker, time in the state.</summary>
internal sealed record SectorRow(SectorView Sector, TimeSpan Since)
{
    /// <summary>The columns' heads.</summary>
    public static IReadOnlyList<string> Heads { get; } = ["Sector", "State", "Region", "Phase", "Worker", "Time"];

    /// <summary>The cells.</summary>
    public IReadOnlyList<string> Cells =>
    [
        $"{Sector.Number}", Sector.State, Sector.Region, Phase, Sector.Job?.Hostname ?? "",
        Sector.IsProving ? "" : GoDuration.FormatTruncated(Since),
    ];

    private string Phase => Sector.Job switch
    {
        null => Sector.Phase,
        { Percent: { } percent } job => string.Create(CultureInfo.InvariantCulture, $"{job.Phase} {percent,3:0} %"),
        var job => job.Phase,
    };

    /// <summary>Whether the sector is in one of Lotus's failure states.</summary>
    public bool HasFailed => Sector.NeedsOperator || Sector.State.EndsWith("Failed", StringComparison.Ordinal);
}
