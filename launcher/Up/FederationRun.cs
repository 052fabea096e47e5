using Federation.Hosting;
using Federation.Hosting.Net;
using Federation.Launcher.Api;
using Federation.Launcher.Layout;
using Federation.Launcher.Parameters;
using Federation.Launcher.Processes;
using Federation.Launcher.Sites;
using Federation.Launcher.Summary;
using Federation.Launcher.View;
using Federation.Launcher.Wan;
using Federation.Storage.Space;
using Spectre.Console;

namespace Federation.Launcher.Up;

/// <summary>One <c>./fed up</c>: starts the processes, pledges, follows, sums up, stops. Used once.</summary>
/// <param name="options">What was asked for.</param>
/// <param name="environment">Reads a variable of the environment.</param>
/// <param name="view">Shows what goes on.</param>
/// <param name="console">Takes the summary.</param>
/// <param name="time">Times it.</param>
internal sealed partial class FederationRun(
    UpOptions options, Func<string, string?> environment, IFederationView view, IAnsiConsole console,
    TimeProvider time)
{
    private const int Success = 0, Failure = 1, LogLinesShown = 20;
    private static readonly TimeSpan LastReadingLimit = TimeSpan.FromSeconds(2);

    private readonly FederationFolder _folder = new(options.Folder);
    private readonly ProgramPaths _programs = new(options.Programs);
    private readonly long _started = time.GetTimestamp();
    private RegionMeters? _meters;

    /// <summary>
    /// Runs to the end; all processes are stopped on return. The exit code is 0 only when all sectors prove, and null
    /// when the run was stopped before.
    /// </summary>
    /// <param name="stop">Asks for a clean stop.</param>
    /// <param name="impatient">Asks for the processes to be ended at once.</param>
    /// <exception cref="OperatorException">Something that an operator can put right.</exception>
    public async Task<int?> RunAsync(CancellationToken stop, CancellationToken impatient)
    {
        using var folderLock = FolderLock.Take(_folder);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        var children = new Children(_folder);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        RunSummary summary;
        try
        {
            var work = SealAsync(children, http, ending.Token);
            if (await Task.WhenAny(work, children.Died) == children.Died && !work.IsCompleted)
            {
                await ending.CancelAsync();
                // Whatever it failed with, the process that died is what gets explained.
                await ((Task)work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw Explain(await children.Died);
            }

            summary = await work;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            await EndAsync(children, impatient);
        }

        if (options.Json)
        {
            await console.Profile.Out.Writer.WriteLineAsync(SummaryJson.Write(summary));
        }

        return summary.Proving == summary.Sectors ? Success : Failure;
    }

    private async Task<RunSummary> SealAsync(Children children, HttpClient http, CancellationToken cancellationToken)
    {
        await children.StopLeftoversAsync(cancellationToken);
        var existing = FederationPlan.Read(_folder.PlanFile);
        view.Say(
            existing is null ? $"making a federation in {_folder.Root}" : $"resuming the federation in {_folder.Root}");
        var plan = Planner.Plan(options, existing, new FreePorts(new Random(Environment.ProcessId)));
        // Before anything of a new federation is written: where no parameters can be had, its folder stays free for one
        // that needs none.
        var parameters = await SupplyAsync(plan, children, cancellationToken);
        plan.Write(_folder.PlanFile);

        var (api, regions) = await StartAsync(plan, parameters?.Folder, children, http, cancellationToken);
        using var disposing = api;
        var meters = _meters = new RegionMeters(regions, WanMeter.Open(_folder.WanFile), http, time);
        await PledgeAsync(api, cancellationToken);
        var sectors = await FollowAsync(api, meters, cancellationToken);
        var summary = await SummariseAsync(plan, parameters, api, sectors, meters, cancellationToken);
        SummaryText.Print(console, summary, Etcd.FindInPath("etcdctl") is not null, runsOn: !options.Exit);
        foreach (var sector in sectors.Where(sector => sector.NeedsOperator))
        {
            view.Say($"sector {sector.Number} needs an operator in {sector.State}: {sector.LastError}");
        }

        if (options.Exit)
        {
            return summary;
        }

        view.Say("running on until Ctrl-C");
        await KeepRunningAsync(meters, cancellationToken);
        return summary with { Wan = meters.Total };
    }

    /// <summary>Sees that parameters are there where proofs are made with some; null where they are not.</summary>
    private async Task<ParameterSummary?> SupplyAsync(
        FederationPlan plan, Children children, CancellationToken cancellationToken)
    {
        if (plan.Proofs == ProofKind.Vanilla)
        {
            return null;
        }

        var need = ParameterNeed.Of(plan.SectorSize);
        var caches = Path.Combine(options.Programs, "..", "cache");
        var supply = new ParameterSupply(
            need, ParameterFolder.Choose(need, environment, Path.GetFullPath(caches)), _programs.Worker,
            VolumeFreeSpace.Instance, view, time);
        supply.Require(environment);
        return await supply.EnsureAsync(children, cancellationToken);
    }

    private async Task<RunSummary> SummariseAsync(
        FederationPlan plan, ParameterSummary? parameters, MinerApi api, IReadOnlyList<SectorView> sectors,
        RegionMeters meters, CancellationToken cancellationToken)
    {
        var seconds = time.GetElapsedTime(_started).TotalSeconds;
        var phases = new List<IReadOnlyDictionary<string, double>>(sectors.Count);
        foreach (var sector in sectors)
        {
            phases.Add(await AskAsync(
                token => api.PhaseSecondsAsync(sector.Number, token), cancellationToken));
        }

        return new RunSummary
        {
            Sectors = sectors.Count,
            Proving = sectors.Count(sector => sector.IsProving),
            SectorSize = plan.SectorSize,
            Proofs = plan.Proofs,
            Parameters = parameters,
            Seconds = seconds,
            Regions = sectors.Where(sector => sector.Region.Length > 0).GroupBy(sector => sector.Region)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.Count()),
            Phases = RunSummary.SumUp(phases),
            Wan = meters.Total,
            IdleBytesPerSecond = meters.IdleBytesPerSecond,
            Agents = plan.Regions.Count,
            Store = plan.Store,
            StoreEndpoint = plan.StoreEndpoint,
            Folder = _folder.Root,
        };
    }

    /// <summary>Stops the processes, whatever happens to the meters and the view.</summary>
    private async Task EndAsync(Children children, CancellationToken impatient)
    {
        IReadOnlyList<string> left;
        try
        {
            view.Say("stopping …");
            await ReadMetersAtLastAsync();
        }
        finally
        {
            left = await children.StopAllAsync(impatient);
        }

        foreach (var name in left)
        {
            view.Say($"{name} could not be ended: the next 'fed up' on {_folder.Root} tries again");
        }
    }

    /// <summary>What the agents have counted since the last reading would go with them.</summary>
    private async Task ReadMetersAtLastAsync()
    {
        if (_meters is null)
        {
            return;
        }

        using var bound = new CancellationTokenSource(LastReadingLimit, time);
        try
        {
            await _meters.ReadAsync(hasChanged: true, bound.Token);
        }
        catch (OperationCanceledException) when (bound.IsCancellationRequested)
        {
            view.Say("the agents' byte counters were not read at last: some bytes are missing from the sums");
        }
    }

    private static OperatorException Explain(ChildProcess child)
    {
        var lines = string.Join('\n', child.LastLines(LogLinesShown).Select(line => "  | " + line));
        return new OperatorException(
            $"{child.Spec.Name} ended by itself with code {child.ExitCode}; the last lines of its log:\n{lines}",
            $"the whole log is {child.LogPath}; the same command resumes from here");
    }
}
