using System.CommandLine;
using Federation.Hosting;
using Federation.Hosting.Cli;
using Federation.Hosting.Repository;
using Federation.Proofs;
using Federation.Proofs.Groth16.Parameters;
using Federation.Worker.External;
using Federation.Worker.Session;
using Federation.Worker.Tasks;
using Microsoft.Extensions.Logging.Abstractions;

namespace Federation.Worker.Run;

/// <summary><c>worker info</c>: what the repository and the machine say, whether or not the worker runs.</summary>
public static class InfoCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command(
            "info",
            "Print the worker's repository, machine, instruction paths and the results that its agent has not taken "
            + "yet");
        command.Options.Add(RunOptions.Repository);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var path = WorkerSettings.ReadRepository(
            Environment.GetEnvironmentVariable, parsed.GetValue(RunOptions.Repository));
        if (!RepositoryFolder.Exists(path))
        {
            throw new OperatorException($"repo at '{path}' is not initialized", "it is made by the first 'worker run'");
        }

        var load = MachineLoad.Read(null);
        var waiting = new ResultStore(Path.Combine(path, WorkerRun.ResultsFolder), NullLogger<ResultStore>.Instance).All
            .Select(kept => $"{kept.Task.Phase} of sector {kept.Task.Sector}, attempt {kept.Task.Attempt}").ToList();
        var parameters = ParameterSettings.Read(Environment.GetEnvironmentVariable);
        var info = new WorkerInfo(
            path,
            Environment.MachineName,
            Environment.ProcessorCount,
            load.MemoryTotal,
            load.SwapTotal,
            HugePageSetting.Read(),
            InstructionPaths.Chosen,
            parameters.Cache.Directory,
            Commit2(Environment.GetEnvironmentVariable, parameters.Cache),
            [.. ExternalOffer.Load(path).Config.Programs.Values.Select(
                program => new ExternalInfo(program.Phase, program.Program, program.Processes, program.Concurrency))],
            waiting);
        CliProgram.ConsoleOf(parsed).Write(info, Text);
        return ExitCode.Success;
    }

    /// <summary>What C2 would run with here, or why it cannot.</summary>
    internal static string Commit2(Func<string, string?> environment, ParameterCache cache)
    {
        var size = WorkerSettings.ReadSectorSize(environment("SECTOR_SIZE"));
        if (size == 0)
        {
            return "SECTOR_SIZE is not set: which parameters it needs is not known";
        }

        try
        {
            var (path, origin) = Commit2Offer.Find(size, cache);
            return $"{origin}, {path}";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"cannot run: {error.Message}";
        }
    }

    private static string Text(WorkerInfo info) => string.Join('\n',
    [
        $"Repository: {info.Repository}",
        $"Hostname: {info.Hostname}",
        $"CPUs: {info.Cpus}",
        $"RAM: {info.MemoryBytes >> 20} MiB; Swap: {info.SwapBytes >> 20} MiB",
        $"Huge pages: {info.HugePages}",
        .. info.Paths.Select(path => $"{path.Work}: {path.Path}"),
        $"Parameters: {info.Parameters}",
        $"C2: {info.Commit2}",
        .. info.External.Select(program =>
            $"{program.Phase} runs in: {program.Program}, {program.Processes} × {program.Concurrency} tasks"),
        .. info.Waiting.Select(result => $"Result waiting: {result}"),
        "",
    ]);

    private sealed record WorkerInfo(
        string Repository,
        string Hostname,
        int Cpus,
        ulong MemoryBytes,
        ulong SwapBytes,
        string HugePages,
        IReadOnlyList<InstructionPath> Paths,
        string Parameters,
        string Commit2,
        IReadOnlyList<ExternalInfo> External,
        IReadOnlyList<string> Waiting);

    private sealed record ExternalInfo(string Phase, string Program, int Processes, int Concurrency);
}
