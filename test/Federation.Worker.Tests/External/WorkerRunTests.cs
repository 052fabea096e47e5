using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Federation.Worker.Tests.External;

/// <summary><c>worker run</c> as a process, with a program of its own; its agent is never there.</summary>
public sealed class WorkerRunTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TcpListener _nobody = new(IPAddress.Loopback, 0);

    public WorkerRunTests() => _nobody.Start();

    public void Dispose()
    {
        _nobody.Dispose();
        _folder.Dispose();
    }

    /// <summary>The program looks at nothing: neither its input nor signals that can be ignored end it.</summary>
    [Fact]
    public async Task Worker_Killed_ItsProgramEndsWithIt()
    {
        using var worker = Start($"""
            [External.PC2]
              Program = "/bin/bash"
              Args = ["-c", "trap '' HUP TERM INT PIPE; echo $$ > {_folder.In("tmp")}; mv {_folder.In("tmp")} {_folder.In("pid")}; echo 'pc2 processor ready'; while true; do sleep 0.1; done"]
            """);
        try
        {
            var pid = int.Parse(await Programs.EventuallyAsync(
                () => File.Exists(_folder.In("pid")) ? File.ReadAllText(_folder.In("pid")) : null));
            Assert.True(Programs.IsAlive(pid));

            worker.Kill();
            await worker.WaitForExitAsync().WaitAsync(Programs.Limit);

            await Programs.EventuallyAsync(() => Programs.IsAlive(pid) ? null : "gone");
        }
        finally
        {
            worker.Kill();
        }
    }

    [Theory]
    [InlineData("exit 7", "the program /bin/bash of PC2 ended with exit code 7")]
    [InlineData("echo 'no GPU' >&2; exit 7", "its last words: \\\"no GPU\\\"")]
    public async Task Worker_ProgramThatCannotRun_DoesNotStart(string script, string sentence)
    {
        var (code, error) = await EndAsync($"""
            [External.PC2]
              Program = "/bin/bash"
              Args = ["-c", "{script}"]
              RestartDelay = "10ms"
            """);

        Assert.Equal(1, code);
        Assert.Contains("ERROR: the program /bin/bash of PC2 ended with exit code 7", error);
        Assert.Contains(sentence.Replace("\\\"", "\"", StringComparison.Ordinal), error);
        Assert.Contains("docs/external-prover.md", error);
    }

    [Fact]
    public async Task Worker_ConfigurationIsWrong_SaysAllOfIt()
    {
        var (code, error) = await EndAsync("""
            [External.PC2]
              Program = "/nowhere/prover"
              CpuSet = "x"
            """);

        Assert.Equal(1, code);
        Assert.Contains("there is no such file", error);
        Assert.Contains("is neither a processor nor a range", error);
        Assert.False(File.Exists(_folder.In("worker", "repository-id")));
    }

    private async Task<(int Code, string Error)> EndAsync(string config)
    {
        using var worker = Start(config);
        var error = worker.StandardError.ReadToEndAsync();
        try
        {
            await worker.WaitForExitAsync().WaitAsync(Programs.Limit);
            return (worker.ExitCode, await error.WaitAsync(Programs.Limit));
        }
        finally
        {
            worker.Kill();
        }
    }

    private Process Start(string config)
    {
        Directory.CreateDirectory(_folder.In("worker"));
        File.WriteAllText(_folder.In("worker", "config.toml"), config);
        var start = new ProcessStartInfo(Programs.Worker, ["run", "--phases", "PC1,PC2", "--start-timeout", "5m"])
        {
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["WORKER_PATH"] = _folder.In("worker");
        start.Environment["AGENT_API_INFO"] =
            $"eyJ.e30.x:/ip4/127.0.0.1/tcp/{((IPEndPoint)_nobody.LocalEndpoint).Port}/http";
        return Process.Start(start)!;
    }
}
