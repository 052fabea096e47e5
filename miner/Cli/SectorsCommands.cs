using System.CommandLine;
using Federation.Hosting;
using Federation.Hosting.Cli;
using Federation.Miner.Api;
using Federation.Miner.Sectors;

namespace Federation.Miner.Cli;

/// <summary><c>sectors …</c></summary>
internal static class SectorsCommands
{
    private const string Advanced =
        "this is a command for advanced users, only use it if you are sure of what you are doing";
    private const string AdvancedRemedy = "type it again with --really-do-it";

    private static readonly Argument<ulong> Number = new("sectorNum") { Description = "the sector's number" };
    private static readonly Option<bool> ReallyDoIt =
        new("--really-do-it") { Description = "pass this flag if you know what you are doing" };

    public static Command Create() => MinerCommands.Group(
        "sectors", "interact with sector store", Pledge(), List(), Status(), Retry(), UpdateState(), Remove());

    private static Command Pledge() => MinerCommands.Calling(
        "pledge", "store random data in a sector", static async (call, console, stop) =>
        {
            var sector = await call.AskAsync<SectorId>("PledgeSector", stop);
            console.Write(sector, static id => $"Created CC sector:  {id.Number}\n");
            return ExitCode.Success;
        });

    private static Command List()
    {
        var removed = new Option<bool>("--show-removed", "-r") { Description = "show removed sectors" };
        var fast = new Option<bool>("--fast", "-f") { Description = "don't show on-chain info" };
        var events = new Option<bool>(
            "--events", "-e") { Description = "display number of events the sector has received" };
        var sealTime = new Option<bool>(
            "--seal-time", "-t") { Description = "display how long it took for the sector to be sealed" };
        var states = new Option<string?>(
            "--states") { Description = "filter sectors by a comma-separated list of states" };
        return MinerCommands.Calling("list", "List sectors", async (call, console, stop) =>
        {
            var listing = await call.AskAsync<SectorListing>("FederationSectors", stop);
            var wanted = call.Parsed.GetValue(states)?.Split(
                ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            var shown = listing with
            {
                Sectors =
                [
                    .. listing.Sectors.Where(sector => wanted?.Contains(sector.State)
                        ?? (sector.State != SectorStates.Removed || call.Parsed.GetValue(removed))),
                ],
            };
            var columns = new SectorColumns(
                call.Parsed.GetValue(fast), call.Parsed.GetValue(events), call.Parsed.GetValue(sealTime));
            console.Write(shown, value => SectorText.List(value, columns));
            return ExitCode.Success;
        }, removed, fast, events, sealTime, states);
    }

    private static Command Status()
    {
        var log = new Option<bool>("--log", "-l") { Description = "display event log" };
        var onChain = new Option<bool>("--on-chain-info", "-c") { Description = "show sector on chain info" };
        return MinerCommands.Calling(
            "status", "Get the seal status of a sector by its number", async (call, console, stop) =>
        {
            var withChain = call.Parsed.GetValue(onChain);
            var status = await call.AskAsync<SectorStatus>(
                "SectorsStatus", stop, call.Parsed.GetValue(Number), withChain);
            var epoch = withChain ? (await call.AskAsync<SectorListing>("FederationSectors", stop)) : null;
            console.Write(status, value => SectorText.Status(value, epoch, call.Parsed.GetValue(log)));
            return ExitCode.Success;
        }, Number, log, onChain);
    }

    private static Command Retry() => MinerCommands.Calling(
        "retry", "retry a failed sector now, with all its attempts", static async (call, _, stop) =>
        {
            await call.TellAsync("FederationSectorRetry", stop, call.Parsed.GetValue(Number));
            return ExitCode.Success;
        }, Number);

    private static Command UpdateState()
    {
        var state = new Argument<string>("newState") { Description = "Lotus's name of the state" };
        return MinerCommands.Calling(
            "update-state", "ADVANCED: manually update the state of a sector, this may aid in error recovery",
            async (call, console, stop) =>
            {
                RequireReally(call.Parsed);
                var name = call.Parsed.GetValue(state)!;
                if (!SectorStates.IsValid(name))
                {
                    // As Lotus: the list is the answer, and not a failure.
                    console.Write(SectorStates.All, all =>
                        $" \"{name}\" is not a valid state. Possible states for sectors are: \n"
                            + $"{string.Join('\n', all)}\n");
                    return ExitCode.Success;
                }

                await call.TellAsync("SectorsUpdate", stop, call.Parsed.GetValue(Number), name);
                return ExitCode.Success;
            }, Number, state, ReallyDoIt);
    }

    private static Command Remove() => MinerCommands.Calling(
        "remove", "Forcefully remove a sector (WARNING: This means losing power and collateral for the removed sector)",
        static async (call, _, stop) =>
        {
            RequireReally(call.Parsed);
            await call.TellAsync("SectorRemove", stop, call.Parsed.GetValue(Number));
            return ExitCode.Success;
        }, Number, ReallyDoIt);

    private static void RequireReally(ParseResult parsed)
    {
        if (!parsed.GetValue(ReallyDoIt))
        {
            throw new OperatorException(Advanced, AdvancedRemedy);
        }
    }
}
