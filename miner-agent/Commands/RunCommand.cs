using System.CommandLine;
using Federation.Hosting.Config;
using Federation.Hosting.Daemon;
using Federation.Hosting.Logging;
using Federation.Hosting.Repository;
using Federation.MinerAgent.Config;
using Federation.MinerAgent.Run;

namespace Federation.MinerAgent.Commands;

/// <summary><c>miner-agent run</c>.</summary>
internal static class RunCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command(
            "run", "Start the agent: it claims sealing jobs and gives their phases to its workers");
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var level = ConsoleLogging.ParseLevel(Environment.GetEnvironmentVariable(ConsoleLogging.LevelVariable));
        var settings = AgentSettings.Read(Environment.GetEnvironmentVariable);
        using var repository = RepositoryFolder.Open(AgentOptions.RepositoryOf(parsed), AgentRepository.Program);
        var config = ConfigLoader.Load(repository.ConfigPath, AgentConfig.Read);
        using var loggers = ConsoleLogging.Create(parsed.InvocationConfiguration.Error, level);
        foreach (var warning in config.Warnings)
        {
            AgentLog.ConfigWarning(loggers.CreateLogger(AgentRepository.Program), warning);
        }

        var run = new AgentRun(repository, config.Value, settings);
        return await DaemonRunner.RunAsync(AgentRepository.Program, run.RunAsync, loggers, stop);
    }
}
