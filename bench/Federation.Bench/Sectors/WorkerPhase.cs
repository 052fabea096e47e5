using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Federation.Bench.Sectors;

/// <summary>One <c>worker phase</c> as a process of its own, whose memory is sampled while it runs.</summary>
/// <param name="program">The worker.</param>
/// <param name="environment">Variables that it gets besides ours.</param>
internal sealed class WorkerPhase(string program, IReadOnlyDictionary<string, string> environment)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    /// <summary>The worker: artifacts/bin/PROJECT/CONFIGURATION/ holds it beside this program.</summary>
    public static string Program { get; } = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "..", "..", "Federation.Worker", "release", "worker"));

    /// <summary>The largest sum of anonymous and shared memory that was seen in any phase, in bytes.</summary>
    public long PeakBytes { get; private set; }

    /// <summary>The largest VmHWM, resident memory with the pages of mapped files, of any phase, in bytes.</summary>
    public long PeakResidentBytes { get; private set; }

    /// <summary>Runs a phase to its end and returns what it printed.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has what it said.</exception>
    public JsonElement Run(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, ["phase", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)
            ?? throw new InvalidOperationException($"{program} did not start");
        using var kill = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        List<string> output = [], error = [];
        process.OutputDataReceived += (_, line) => Keep(output, line);
        process.ErrorDataReceived += (_, line) => Keep(error, line);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        while (!process.WaitForExit(Interval))
        {
            var status = StatusOf(process.Id);
            PeakBytes = Math.Max(PeakBytes, MemoryOf(status));
            PeakResidentBytes = Math.Max(PeakResidentBytes, ResidentOf(status));
        }

        // Without a time this also waits for the rest of what it printed.
        process.WaitForExit();
        cancellationToken.ThrowIfCancellationRequested();
        return process.ExitCode == 0
            ? JsonDocument.Parse(string.Join('\n', output)).RootElement
            : throw new InvalidOperationException(
                $"worker phase {string.Join(' ', start.ArgumentList.Skip(1))} failed: {string.Join(' ', error)}");
    }

    /// <summary>RssAnon + RssShmem of a status file of /proc, in bytes; 0 when it has neither.</summary>
    internal static long MemoryOf(IEnumerable<string> status) => Sum(status, "RssAnon:", "RssShmem:");

    /// <summary>VmHWM of a status file of /proc, in bytes; 0 when it has none.</summary>
    internal static long ResidentOf(IEnumerable<string> status) => Sum(status, "VmHWM:");

    private static long Sum(IEnumerable<string> status, params string[] names) => status
        .Where(line => names.Any(name => line.StartsWith(name, StringComparison.Ordinal)))
        .Sum(line => long.Parse(
            line.Split(' ', '\t').First(word => word.Length > 0 && char.IsAsciiDigit(word[0])),
            CultureInfo.InvariantCulture) << 10);

    private static string[] StatusOf(int process)
    {
        try
        {
            return File.ReadAllLines($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/status");
        }
        catch (IOException)
        {
            // It ended since it was asked for.
            return [];
        }
    }

    private static void Keep(List<string> lines, DataReceivedEventArgs line)
    {
        if (line.Data is not null)
        {
            lines.Add(line.Data);
        }
    }
}
