using System.CommandLine;
using System.Globalization;
using System.Text;
using Federation.Hosting.Cli;
using Federation.Hosting.Units;
using Federation.Miner.Api;

namespace Federation.Miner.Cli;

/// <summary><c>info</c> and <c>agents</c>.</summary>
internal static class InfoCommands
{
    public static Command Info()
    {
        var hide = new Option<bool>("--hide-sectors-info") { Description = "hide sectors info" };
        return MinerCommands.Calling("info", "Print miner info", async (call, console, stop) =>
        {
            var info = await call.AskAsync<MinerInfo>("FederationInfo", stop);
            console.Write(info, value => Text(value, call.Parsed.GetValue(hide)));
            return ExitCode.Success;
        }, hide);
    }

    public static Command Agents() => MinerCommands.Calling(
        "agents", "list agents and their regions", static async (call, console, stop) =>
        {
            var agents = await call.AskAsync<AgentSummary[]>("FederationAgents", stop);
            console.Write(agents, static all =>
            {
                var table = new TabTable(
                    "Name", "Region", "Workers", "Slots", "Claims", "Attached", "State", "Software");
                foreach (var agent in all)
                {
                    var slots = string.Join(' ', agent.Slots.OrderBy(static slot => slot.Key, StringComparer.Ordinal)
                        .Select(static slot => $"{slot.Key}:{slot.Value}"));
                    table.Add(
                        agent.Name, agent.Region, agent.Workers.ToString(CultureInfo.InvariantCulture), slots.Length > 0
                            ? slots : "-",
                        agent.MaxClaims.ToString(CultureInfo.InvariantCulture), agent.Attached ? "YES" : "NO",
                        agent.Draining ? "draining" : "ready", agent.Software);
                }

                return table.ToString();
            });
            return ExitCode.Success;
        });

    private static string Uptime(MinerInfo info) =>
        GoDuration.Format(TimeSpan.FromSeconds(Math.Floor(info.UptimeSeconds)));

    private static string Text(MinerInfo info, bool hideSectors)
    {
        var text = new StringBuilder("Enabled subsystems: [Sealing]\n");
        var started = info.StartTime.UtcDateTime.ToString(
            "yyyy-MM-dd HH:mm:ss +0000 'UTC'", CultureInfo.InvariantCulture);
        var proving = info.Sectors.GetValueOrDefault("Proving");
        var bytes = new ByteSize(proving * (long)info.SectorSize);
        text.Append(CultureInfo.InvariantCulture,
            $"StartTime: {Uptime(info)} (started at {started})\n")
            .Append(CultureInfo.InvariantCulture, $"Chain: [sync ok] [embedded devnet, epoch {info.Epoch}]\n")
            .Append(CultureInfo.InvariantCulture,
                $"Store: [{string.Join(' ', info.StoreEndpoints)}] [term {info.Term}]\n")
            .Append(CultureInfo.InvariantCulture,
                $"Miner: {info.Miner} ({new ByteSize((long)info.SectorSize)} sectors)\n")
            .Append(CultureInfo.InvariantCulture, $"\tCommitted: {bytes}\n\tProving: {bytes}\n\n");
        if (!hideSectors)
        {
            text.Append(CultureInfo.InvariantCulture, $"Sectors:\n\tTotal: {info.Sectors.Values.Sum()}\n");
            foreach (var (state, count) in info.Sectors.OrderByDescending(static pair => pair.Key == "Proving").ThenBy(
                static pair => pair.Key, StringComparer.Ordinal))
            {
                text.Append(CultureInfo.InvariantCulture, $"\t{state}: {count}\n");
            }

            text.Append('\n');
        }

        return text.Append(CultureInfo.InvariantCulture,
            $"Workers: Seal({info.Workers}) WdPoSt(0) WinPoSt(0)\nAgents: {info.Agents}\n").ToString();
    }
}
