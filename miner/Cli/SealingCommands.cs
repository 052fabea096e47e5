using System.CommandLine;
using Federation.Hosting;
using Federation.Hosting.Cli;
using Federation.Miner.Api;

namespace Federation.Miner.Cli;

/// <summary><c>sealing …</c></summary>
internal static class SealingCommands
{
    private const int RetDone = -3;

    private static readonly Argument<ulong> Number = new("sectorNum") { Description = "the sector's number" };

    public static Command Create() =>
        MinerCommands.Group("sealing", "interact with sealing pipeline", Jobs(), Workers(), Abort());

    private static Command Jobs()
    {
        var showDone = new Option<bool>("--show-ret-done") { Description = "show returned but not consumed calls" };
        return MinerCommands.Calling("jobs", "list running jobs", async (call, console, stop) =>
        {
            await RequireAgentsAsync(call, stop);
            var workers = await call.AskAsync<Dictionary<string, WorkerJob[]>>("WorkerJobs", stop);
            var jobs = workers.SelectMany(static worker => worker.Value.Select(job => (Worker: worker.Key, Job: job)))
                .Where(entry => entry.Job.RunWait != RetDone || call.Parsed.GetValue(showDone))
                .OrderBy(static entry => entry.Job.RunWait).ThenBy(static entry => entry.Job.Start)
                .ThenBy(static entry => entry.Job.ID.ID, StringComparer.Ordinal).ToArray();
            console.Write(
                jobs.Select(static entry => new { entry.Worker, entry.Job }),
                _ => SealingText.Jobs(jobs, TimeProvider.System.GetUtcNow()));
            return ExitCode.Success;
        }, showDone);
    }

    private static Command Workers() =>
        MinerCommands.Calling("workers", "list workers", static async (call, console, stop) =>
    {
        await RequireAgentsAsync(call, stop);
        var workers = await call.AskAsync<SortedDictionary<string, WorkerStats>>("WorkerStats", stop);
        console.Write(workers, SealingText.Workers);
        return ExitCode.Success;
    });

    private static Command Abort() => MinerCommands.Calling(
        "abort", "stop what runs for a sector; its agent starts it again", static async (call, _, stop) =>
        {
            await call.TellAsync("FederationSectorCancel", stop, call.Parsed.GetValue(Number));
            return ExitCode.Success;
        }, Number);

    private static async Task RequireAgentsAsync(DaemonCall call, CancellationToken stop)
    {
        var agents = await call.AskAsync<AgentSummary[]>("FederationAgents", stop);
        if (agents.Length == 0)
        {
            throw new OperatorException(
                "can not found any server",
                "no agent is registered: start one in a region with 'miner-agent run', and look with 'miner agents'");
        }
    }
}
