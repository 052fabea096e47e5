using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Federation.Integration.Tests.Support;

/// <summary>A process that a test started: its output goes to a file, its end is awaited with a bound, and only it is
/// killed.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task _output;

    private ChildProcess(string name, Process process, string logPath, Task output)
    {
        (Name, _process, LogPath, _output) = (name, process, logPath, output);
        Id = process.Id;
    }

    public string Name { get; }

    public int Id { get; }

    public string LogPath { get; }

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    public static ChildProcess Start(
        string name, string logPath, string program, IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var info = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }

        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
        {
            info.Environment[key] = value;
        }

        var process = Process.Start(info) ?? throw new InvalidOperationException($"{name} did not start");
        process.StandardInput.Close();
        return new ChildProcess(name, process, logPath, CopyAsync(process, logPath));
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await WaitAsync(TimeSpan.FromMinutes(1));
    }

    /// <summary>Ctrl-C, then the bounded wait for a clean end.</summary>
    public async Task<int> InterruptAsync(TimeSpan bound)
    {
        if (!_process.HasExited)
        {
            using var signal = Process.Start("/bin/kill", ["-s", "INT", Id.ToString(CultureInfo.InvariantCulture)]);
            await signal.WaitForExitAsync().WaitAsync(bound);
        }

        return await WaitAsync(bound);
    }

    public async Task<int> WaitAsync(TimeSpan bound)
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(bound);
            await _output.WaitAsync(bound);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{Name} (pid {Id}) did not end within {bound}. Its log ends:\n{Tail()}");
        }

        return _process.ExitCode;
    }

    public string Tail(int lines = 30) =>
        File.Exists(LogPath) ? string.Join('\n', ReadShared().Split('\n').TakeLast(lines)) : "(no log)";

    public string ReadShared()
    {
        using var stream = new FileStream(LogPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private static async Task CopyAsync(Process process, string logPath)
    {
        await using var log = new FileStream(logPath, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        var gate = new SemaphoreSlim(1);
        await Task.WhenAll(PumpAsync(process.StandardOutput), PumpAsync(process.StandardError));

        async Task PumpAsync(StreamReader reader)
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                await gate.WaitAsync();
                try
                {
                    await log.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));
                    await log.FlushAsync();
                }
                finally
                {
                    gate.Release();
                }
            }
        }
    }
}
