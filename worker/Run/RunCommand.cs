using System.CommandLine;
using System.Reflection;
using Federation.Hosting.Daemon;
using Federation.Hosting.Logging;
using Federation.Proofs;
using Federation.Proofs.Groth16.Parameters;
using Federation.Storage.Space;
using Federation.Worker.External;
using Federation.Worker.Session;

namespace Federation.Worker.Run;

/// <summary><c>worker run</c>.</summary>
public static class RunCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = RunOptions.AddTo(
            new Command("run", "Start the worker: it registers with the agent of AGENT_API_INFO and runs phases"));
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var settings = WorkerSettings.Read(Environment.GetEnvironmentVariable, parsed.GetValue(RunOptions.Repository));
        // Made once before anything starts, so that a wrong option is said before the repository is touched.
        var options = RunOptions.SealOptionsOf(parsed, settings.ParentCache, settings.VerifyParentCache);
        var parameters = ParameterSettings.Read(Environment.GetEnvironmentVariable);
        var external = ExternalOffer.Load(settings.RepositoryPath);
        var offer = Commit2Offer.Of(
            RunOptions.PhasesOf(parsed), RunOptions.AsksForCommit2(parsed), settings.SectorSize, parameters.Cache,
            external.Has(WorkerPhases.Commit2) ? ParameterFile.VerifyingKey : ParameterFile.Parameters);
        var profile = Profile(parsed, settings, options, offer.Phases);
        external = external.For(profile.Phases, profile.Lanes);
        profile = profile with { Slots = external.Slots(profile.Slots, RunOptions.SlotsNamed(parsed)) };
        var run = new WorkerRun(
            settings,
            id => profile with { Id = id },
            options,
            RunOptions.StretchOf(parsed),
            RunOptions.SecurityOf(parsed),
            RunOptions.StartTimeoutOf(parsed),
            parameters,
            offer,
            external);
        var level = ConsoleLogging.ParseLevel(Environment.GetEnvironmentVariable(ConsoleLogging.LevelVariable));
        using var loggers = ConsoleLogging.Create(parsed.InvocationConfiguration.Error, level);
        return await DaemonRunner.RunAsync("worker", run.RunAsync, loggers, stop);
    }

    private static WorkerProfile Profile(
        ParseResult parsed, WorkerSettings settings, SealOptions options, IReadOnlyList<string> phases)
    {
        // What a disk holds is not bounded by memory.
        var lanesMemory = options.LaneScratchDirectory is null ? options.MemoryBytes : long.MaxValue;
        var lanes = WorkerPhases.Lanes(phases, parsed.GetValue(RunOptions.Lanes), settings.SectorSize, lanesMemory);
        LanesRoom.Require(lanes, settings.SectorSize, options, VolumeFreeSpace.Instance);
        return new WorkerProfile
        {
            Id = Guid.Empty,
            Hostname = parsed.GetValue(RunOptions.Name) ?? Environment.MachineName,
            Software = $"federation-worker {Assembly.GetExecutingAssembly().GetName().Version?.ToString(3)}",
            Phases = phases,
            Slots = WorkerPhases.Slots(phases, parsed.GetValue(RunOptions.Slots)),
            Lanes = lanes,
            LanesMemoryBytes = (ulong)lanesMemory,
            SectorSize = settings.SectorSize,
            Miner = settings.Miner,
            Group = parsed.GetValue(RunOptions.Group) ?? "",
            MemoryBytes = RunOptions.MemoryOf(parsed),
        };
    }
}
