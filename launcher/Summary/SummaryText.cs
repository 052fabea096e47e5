using System.Globalization;
using Federation.Launcher.Layout;
using Spectre.Console;

namespace Federation.Launcher.Summary;

/// <summary>The summary for people.</summary>
internal static class SummaryText
{
    /// <summary>Prints it.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="summary">What.</param>
    /// <param name="hasEtcdctl">Whether etcdctl is at hand.</param>
    /// <param name="runsOn">Whether the federation goes on running after this.</param>
    public static void Print(IAnsiConsole console, RunSummary summary, bool hasEtcdctl, bool runsOn)
    {
        var regions = string.Join(", ", summary.Regions.Select(region => $"{region.Key}: {region.Value}"));
        console.WriteLine();
        console.WriteLine(Line(
            $"{summary.Proving} of {summary.Sectors} sectors of {summary.SectorSize} are proving ({regions}), ")
            + Line($"after {summary.Seconds:0.0} s."));
        if (summary.Parameters is { SecondsToMake: { } seconds } parameters)
        {
            console.WriteLine(Line(
                $"Of these, {seconds:0.0} s went into test parameters, which stay in {parameters.Folder.Path}."));
        }

        console.Write(Phases(summary));
        PrintWan(console, summary);
        console.WriteLine();
        console.WriteLine(runsOn
            ? "To look further while it runs:"
            : $"To look further, resume it by ./fed up --dir {summary.Folder}, and:");
        foreach (var command in Commands(summary, hasEtcdctl))
        {
            console.WriteLine($"  {command}");
        }
    }

    private static Table Phases(RunSummary summary)
    {
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumn("Phase");
        foreach (var head in new[] { "Sectors", "Mean", "Longest" })
        {
            table.AddColumn(new TableColumn(head).RightAligned());
        }

        foreach (var phase in summary.Phases)
        {
            table.AddRow(
                phase.Phase, Line($"{phase.Count}"), Line($"{phase.Seconds / phase.Count:0.00} s"),
                Line($"{phase.Longest:0.00} s"));
        }

        return table;
    }

    private static void PrintWan(IAnsiConsole console, RunSummary summary)
    {
        var wan = summary.Wan;
        var isVanilla = summary.Proofs == ProofKind.Vanilla;
        console.WriteLine(Line(
            $"{summary.BytesPerSector:N0} bytes per sector crossed between region and store or miner: ")
            + Line($"{wan.Store:N0} to and from the store, {wan.Miner:N0} the miner")
            + (isVanilla ? "." : Line($", {wan.Bulk:N0} with the proofs.")));
        if (summary is { IdleBytesPerSecond: { } rate, IdleBytes: { } idle, SealingBytesPerSector: { } sealing })
        {
            console.WriteLine(Line(
                $"While no sector moved, {rate:0.#} bytes a second and agent went on flowing (keepalives, and what a ")
                + Line($"table asks): about {idle:N0} of the bytes above. Sealing took {sealing:N0} a sector."));
        }

        if (isVanilla)
        {
            console.WriteLine(Line(
                $"Counted apart: {wan.Bulk:N0} bytes of vanilla proofs, which a devnet with --proofs vanilla takes."));
        }
    }

    private static IEnumerable<string> Commands(RunSummary summary, bool hasEtcdctl)
    {
        var repository = $"LOTUS_STORAGE_PATH={Path.Combine(summary.Folder, "miner")}";
        yield return hasEtcdctl
            ? $"ETCDCTL_API=3 etcdctl --endpoints={summary.StoreEndpoint} get --prefix /federation/"
            : $"{repository} ./fed miner store get --prefix /federation/";
        yield return $"{repository} ./fed miner sectors status --log 1";
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
