using Federation.Proofs;
using Federation.Worker.External;
using Federation.Worker.Phases;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Federation.Worker.Tests.External;

/// <summary>Programs that tests run phases in.</summary>
internal static class Programs
{
    public static readonly TimeSpan Limit = Bounds.Limit;

    /// <summary>What every script begins with: answers are given by <c>answer ID JSON</c>, tasks read by
    /// <c>next</c>.</summary>
    private const string Prelude = """
        answer() { printf '{"id":%s,"err_msg":null,"output":%s}\n' "$1" "$2"; }
        fail() { printf '{"id":%s,"err_msg":"%s","output":null}\n' "$1" "$2"; }
        next() { IFS= read -r line || exit 0; [[ $line =~ \"id\":([0-9]+) ]]; id=${BASH_REMATCH[1]}; }

        """;

    /// <summary>PC2's output for 2KiB-5.</summary>
    public static string PreCommit2Output { get; } =
        $$"""{"comm_d":"{{Golden.CommD}}","comm_c":"{{Golden.CommC}}","comm_r_last":"{{Golden.CommRLast}}","""
        + $$""" "comm_r":"{{Golden.CommR}}","output":{} }""";

    public static string Worker { get; } = Path.Combine(AppContext.BaseDirectory, "worker");

    /// <summary>Our own program.</summary>
    public static ExternalProgram Own(string phase, params string[] options) => new()
    {
        Phase = phase,
        Program = Worker,
        Arguments = ["processor", phase.ToLowerInvariant(), "--memory", "64MiB", "--threads", "1", .. options],
        StartTimeout = Limit,
        Timeout = Limit,
    };

    /// <summary>A program of a few lines of bash, which serves PC2.</summary>
    public static ExternalProgram Script(string script, string phase = "PC2") => new()
    {
        Phase = phase,
        Program = "/bin/bash",
        Arguments = ["-c", Prelude + script],
        StartTimeout = Limit,
        Timeout = Limit,
        RestartDelay = TimeSpan.FromMilliseconds(10),
    };

    public static ExternalPhaseRunner Run(params ExternalProgram[] programs) =>
        Run(NullLogger<ExternalPhaseRunner>.Instance, programs);

    public static ExternalPhaseRunner Run(ILogger<ExternalPhaseRunner> log, params ExternalProgram[] programs) =>
        Run(new PatientTime(), log, programs);

    public static ExternalPhaseRunner Run(
        TimeProvider time, ILogger<ExternalPhaseRunner> log, params ExternalProgram[] programs) => new(
        new PhaseRunner(new SealOptions()),
        new ExternalConfig(programs.ToDictionary(program => program.Phase)),
        time,
        log);

    /// <summary>True while a process is there and not only waits to be collected.</summary>
    public static bool IsAlive(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException or IOException)
        {
            return false;
        }
    }

    /// <summary>Waits for something that another process does.</summary>
    public static async Task<T> EventuallyAsync<T>(Func<T?> find)
        where T : class
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            if (find() is { } found)
            {
                return found;
            }

            await Task.Delay(20, limit.Token);
        }
    }
}
