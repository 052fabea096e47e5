using System.Diagnostics;

namespace Federation.Launcher.Processes;

/// <summary>
/// A process of our own, in a process group of its own so that a terminal's Ctrl-C reaches the launcher only, which
/// then stops all in order. It writes into its log itself and so outlives the launcher without harm.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly TimeSpan KillLimit = TimeSpan.FromSeconds(5);

    private readonly Process _process;

    private ChildProcess(ChildSpec spec, string logPath, Process process)
    {
        Spec = spec;
        LogPath = logPath;
        _process = process;
        Exited = process.WaitForExitAsync();
    }

    /// <summary>What it runs.</summary>
    public ChildSpec Spec { get; }

    /// <summary>Its log.</summary>
    public string LogPath { get; }

    /// <summary>Its process id, which is its group's as well.</summary>
    public int Id => _process.Id;

    /// <summary>Completes when it has ended.</summary>
    public Task Exited { get; }

    /// <summary>Its exit code, once it has ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Starts a program whose output goes to the end of a log.</summary>
    public static ChildProcess Start(ChildSpec spec, string logPath)
    {
        var start = new ProcessStartInfo("setsid") { UseShellExecute = false };
        string[] shell = ["sh", "-c", "exec \"$@\" >>\"$FED_LOG\" 2>&1 </dev/null", "sh", spec.Program];
        foreach (var argument in shell.Concat(spec.Arguments))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in spec.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["FED_LOG"] = logPath;
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{spec.Name} did not start.");
        return new ChildProcess(spec, logPath, process);
    }

    /// <summary>
    /// Asks it to end; ends it, and all that it started, when it has not within the time or somebody is impatient.
    /// </summary>
    /// <returns>False when the system has not ended it even so: it hangs in a call to a disk, for instance.</returns>
    public async Task<bool> StopAsync(TimeSpan patience, CancellationToken impatient)
    {
        Send(ProcessSignals.Terminate);
        try
        {
            await Exited.WaitAsync(patience, impatient);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            // It has had its chance: what follows does not ask.
        }

        Send(ProcessSignals.Kill);
        try
        {
            await Exited.WaitAsync(KillLimit, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            return false;
        }

        return true;
    }

    /// <summary>The last lines of its log.</summary>
    public IReadOnlyList<string> LastLines(int count)
    {
        const int TailBytes = 16 * 1024;
        if (!File.Exists(LogPath))
        {
            return [];
        }

        using var log = new FileStream(LogPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        log.Seek(Math.Max(0, log.Length - TailBytes), SeekOrigin.Begin);
        using var reader = new StreamReader(log);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(count)];
    }

    /// <summary>Lets go of it; it is not ended by this.</summary>
    public void Dispose() => _process.Dispose();

    /// <summary>
    /// To the process and all that it started; until it has made its group, there is only the process.
    /// </summary>
    private void Send(int signal)
    {
        if (!ProcessSignals.SendToGroup(Id, signal) && !_process.HasExited)
        {
            ProcessSignals.Send(Id, signal);
        }
    }
}
