using System.Text.Json;
using Federation.Launcher.Layout;

namespace Federation.Launcher.Summary;

/// <summary>The summary as one JSON object on one line.</summary>
internal static class SummaryJson
{
    /// <summary>Writes it. Names are snake_case, times in seconds, amounts in bytes.</summary>
    public static string Write(RunSummary summary) => JsonSerializer.Serialize(new
    {
        sectors = summary.Sectors,
        proving = summary.Proving,
        sector_size = summary.SectorSize,
        proofs = summary.Proofs.OptionText(),
        parameters = summary.Parameters is { } parameters
            ? new
            {
                origin = parameters.Origin.ToString(),
                dir = parameters.Folder.Path,
                seconds_to_make = parameters.SecondsToMake is { } making ? Math.Round(making, 3) : (double?)null,
            }
            : null,
        seconds = Math.Round(summary.Seconds, 3),
        regions = summary.Regions,
        phases = summary.Phases.ToDictionary(
            phase => phase.Phase,
            phase => new
            {
                count = phase.Count,
                seconds = Math.Round(phase.Seconds, 3),
                longest = Math.Round(phase.Longest, 3),
            }),
        wan = new
        {
            bytes_per_sector = Math.Round(summary.BytesPerSector),
            sealing_bytes_per_sector = summary.SealingBytesPerSector is { } sealing
                ? Math.Round(sealing)
                : (double?)null,
            store_bytes = summary.Wan.Store,
            miner_bytes = summary.Wan.Miner,
            proof_bytes = summary.Wan.Bulk,
            idle_bytes_per_second_and_agent = summary.IdleBytesPerSecond is { } idle
                ? Math.Round(idle, 1)
                : (double?)null,
        },
        store = summary.Store.OptionText(),
        store_endpoint = summary.StoreEndpoint,
        dir = summary.Folder,
    });
}
