using Federation.Hosting;
using Federation.Launcher.Api;
using Federation.Launcher.Layout;
using Federation.Launcher.Processes;
using Federation.Launcher.Sites;
using Federation.Launcher.Summary;
using Federation.Launcher.View;
using Federation.Launcher.Wan;
using Spectre.Console;

namespace Federation.Launcher.Up;

/// <summary>One <c>./fed up</c>: starts the processes, pledges, follows, sums up, stops. Used once.</summary>
internal sealed partial class FederationRun(UpOptions options, IFederationView view, IAnsiConsole console, TimeProvider time)
{
    private const int Success = 0, Failure = 1, LogLinesShown = 20;

    private readonly FederationFolder _folder = new(options.Folder);
    private readonly ProgramPaths _programs = new(options.Programs);
    private readonly long _started = time.GetTimestamp();

    /// <summary>Runs to the end; the exit code is 0 only when all sectors prove.</summary>
    public async Task<int> RunAsync(StopSignals signals)
    {
        using var folderLock = FolderLock.Take(_folder);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        var children = new Children(_folder);
        var meter = WanMeter.Open(_folder.WanFile);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(signals.Stop);
        try
        {
            var work = SealAsync(children, meter, http, ending.Token);
            var first = await Task.WhenAny(work, children.Died);
            if (first == children.Died && !work.IsCompleted)
            {
                await ending.CancelAsync();
                await IgnoreCancellationAsync(work);
                throw Explain(await children.Died);
            }

            return await work;
        }
        catch (OperationCanceledException) when (signals.Stop.IsCancellationRequested)
        {
            return signals.ExitCode;
        }
        finally
        {
            view.Say("stopping …");
            await children.StopAllAsync(signals.Impatient);
        }
    }

    private async Task<int> SealAsync(Children children, WanMeter meter, HttpClient http, CancellationToken cancellationToken)
    {
        await children.StopLeftoversAsync(cancellationToken);
        var existing = FederationPlan.Read(_folder.PlanFile);
        view.Say(existing is null ? $"making a federation in {_folder.Root}" : $"resuming the federation in {_folder.Root}");
        var plan = Planner.Plan(options, existing, new FreePorts(new Random(Environment.ProcessId)));
        plan.Write(_folder.PlanFile);
        meter.AgentsRestart();

        var (api, regions) = await StartAsync(plan, children, http, cancellationToken);
        await PledgeAsync(api, cancellationToken);
        var sectors = await FollowAsync(api, regions, meter, http, cancellationToken);
        var isDone = sectors.All(sector => sector.IsProving);
        SummaryText.Print(console, Summarise(plan, sectors, meter), Etcd.FindInPath("etcdctl") is not null);
        foreach (var sector in sectors.Where(sector => sector.NeedsOperator))
        {
            view.Say($"sector {sector.Number} needs an operator in {sector.State}: {sector.LastError}");
        }

        if (!options.Exit)
        {
            view.Say("running on until Ctrl-C");
            await KeepRunningAsync(regions, meter, http, cancellationToken);
        }

        if (options.Json)
        {
            console.Profile.Out.Writer.WriteLine(SummaryJson.Write(Summarise(plan, sectors, meter)));
        }

        return isDone ? Success : Failure;
    }

    private RunSummary Summarise(FederationPlan plan, IReadOnlyList<SectorView> sectors, WanMeter meter) => new()
    {
        Sectors = sectors.Count,
        Proving = sectors.Count(sector => sector.IsProving),
        SectorSize = plan.SectorSize,
        Seconds = time.GetElapsedTime(_started).TotalSeconds,
        Regions = sectors.Where(sector => sector.Region.Length > 0).GroupBy(sector => sector.Region)
            .OrderBy(group => group.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count()),
        Phases = RunSummary.SumUp(sectors),
        Wan = meter.Total,
        IdleBytesPerSecond = null,
        Store = plan.Store,
        StoreEndpoint = plan.StoreEndpoint,
        Folder = _folder.Root,
    };

    private static OperatorException Explain(ChildProcess child)
    {
        var lines = string.Join('\n', child.LastLines(LogLinesShown).Select(line => "  | " + line));
        return new OperatorException(
            $"{child.Spec.Name} ended by itself with code {child.ExitCode}; the last lines of its log:\n{lines}",
            $"the whole log is {child.LogPath}; the same command resumes from here");
    }

    private static async Task IgnoreCancellationAsync(Task work)
    {
        try
        {
            await work;
        }
        catch (Exception error) when (error is OperationCanceledException or HttpRequestException or OperatorException)
        {
            // It was cancelled because a process died; that process is what gets explained.
        }
    }
}
