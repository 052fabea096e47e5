using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Federation.Worker.External;

/// <summary>
/// A process that leads a group of its own, kept by a thread that lasts as long as it does: the thread gives it its
/// processors, and the system ends it when the thread is gone, which is when the worker is, however it went. Where
/// setpriv is missing the end of its input must do. Thread-safe.
/// </summary>
internal sealed class KeptProcess : IDisposable
{
    private const int KillSignal = 9;

    private readonly Process _process;
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private KeptProcess(Process process)
    {
        (_process, Id) = (process, process.Id);
        Input = process.StandardInput.BaseStream;
        Output = process.StandardOutput.BaseStream;
        Error = process.StandardError.BaseStream;
    }

    /// <summary>Its number.</summary>
    public int Id { get; }

    /// <summary>Its standard input.</summary>
    public Stream Input { get; }

    /// <summary>Its standard output.</summary>
    public Stream Output { get; }

    /// <summary>Its standard error.</summary>
    public Stream Error { get; }

    /// <summary>Its exit code, when it and all that it started have ended.</summary>
    public Task<int> Exited => _exited.Task;

    /// <summary>Starts a program.</summary>
    /// <exception cref="IOException">It cannot be started.</exception>
    public static Task<KeptProcess> StartAsync(
        ExternalProgram program, IReadOnlyDictionary<string, string> environment)
    {
        var start = Start(program, environment);
        var started = new TaskCompletionSource<KeptProcess>(TaskCreationOptions.RunContinuationsAsynchronously);
        var keeper = new Thread(() => Keep(start, program.Cpus, started))
        {
            IsBackground = true,
            Name = $"{program.Phase} program",
        };
        keeper.Start();
        return started.Task;
    }

    /// <summary>Ends it and all that it started. Idempotent.</summary>
    public void Kill()
    {
        if (!Exited.IsCompleted && Signal(-Id, KillSignal) != 0)
        {
            // It has not made its group yet, or has ended.
            _ = Signal(Id, KillSignal);
        }
    }

    /// <summary>Lets go of it once it has ended: what hangs in a call to a disk is slow to end.</summary>
    public void Dispose()
    {
        _ = Exited.ContinueWith(_ => _process.Dispose(), TaskScheduler.Default);
        Output.Dispose();
        Error.Dispose();
    }

    private static ProcessStartInfo Start(ExternalProgram program, IReadOnlyDictionary<string, string> environment)
    {
        string[] command =
        [
            .. ProgramType.Find("setsid") is { } setsid ? [setsid] : Array.Empty<string>(),
            .. ProgramType.Find("setpriv") is { } setpriv ? [setpriv, "--pdeathsig", "KILL"] : Array.Empty<string>(),
            program.Program, .. program.Arguments,
        ];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static void Keep(ProcessStartInfo start, CpuSet? cpus, TaskCompletionSource<KeptProcess> started)
    {
        Process process;
        try
        {
            process = StartOn(start, cpus);
        }
        catch (Exception failure) when (failure is Win32Exception or IOException or InvalidOperationException)
        {
            started.SetException(failure as IOException ?? new IOException(failure.Message, failure));
            return;
        }

        var kept = new KeptProcess(process);
        started.SetResult(kept);
        process.WaitForExit();
        // What it started does not outlive it; its group is there as long as one of them is.
        _ = Signal(-process.Id, KillSignal);
        kept._exited.SetResult(process.ExitCode);
    }

    private static Process StartOn(ProcessStartInfo start, CpuSet? cpus)
    {
        var before = cpus is null ? null : CpuAffinity.Confine(cpus);
        try
        {
            return Process.Start(start) ?? throw new InvalidOperationException("it did not start");
        }
        finally
        {
            if (before is not null)
            {
                CpuAffinity.Restore(before);
            }
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Signal(int process, int signal);
}
