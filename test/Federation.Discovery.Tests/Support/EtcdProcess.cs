using System.Diagnostics;
using Federation.Testing;

namespace Federation.Discovery.Tests.Support;

/// <summary>A real etcd on loopback, with a folder of its own. It is killed with the test process's pipe at the
/// latest.</summary>
internal sealed class EtcdProcess : IAsyncDisposable
{
    private const string Program = "/usr/bin/etcd";
    private const int Attempts = 5;
    private readonly TemporaryFolder _folder;
    private Process _process;

    private EtcdProcess(TemporaryFolder folder, Process process, string address, int peerPort)
    {
        (_folder, _process, Address, PeerPort) = (folder, process, address, peerPort);
    }

    public static bool IsInstalled => File.Exists(Program) && File.Exists(EtcdCtl.Program);

    /// <summary>host:port of the client listener.</summary>
    public string Address { get; }

    private int PeerPort { get; }

    public static async Task<EtcdProcess> StartAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            var folder = new TemporaryFolder();
            var (client, peer) = (PortBlock.One(), PortBlock.One());
            var address = $"127.0.0.1:{client}";
            var process = Launch(folder.Path, address, peer);
            if (await AnswersAsync(process, address))
            {
                return new EtcdProcess(folder, process, address, peer);
            }

            // Some other program took the port between its choice and its use.
            await EndAsync(process);
            folder.Dispose();
            Assert.True(attempt < Attempts, "etcd does not start");
        }
    }

    /// <summary>Kills it and starts it again on the same folder and port.</summary>
    public async Task RestartAsync()
    {
        await EndAsync(_process);
        _process = Launch(_folder.Path, Address, PeerPort);
        Assert.True(await AnswersAsync(_process, Address), "etcd does not start again");
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync(_process);
        _folder.Dispose();
    }

    private static Process Launch(string folder, string address, int peerPort)
    {
        var client = "http://" + address;
        var peer = $"http://127.0.0.1:{peerPort}";
        var start = new ProcessStartInfo(Program)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                "--name", "test", "--data-dir", Path.Combine(folder, "data"),
                "--listen-client-urls", client, "--advertise-client-urls", client,
                "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer, "--initial-cluster", "test=" + peer,
                "--logger", "zap",
            },
        };
        var process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.OutputDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return process;
    }

    private static async Task<bool> AnswersAsync(Process process, string address)
    {
        using var limit = new CancellationTokenSource(Wait.Limit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var http = new HttpClient();
        while (!process.HasExited && await timer.WaitForNextTickAsync(limit.Token))
        {
            try
            {
                if ((await http.GetStringAsync(new Uri($"http://{address}/health"), limit.Token))
                    .Contains("true", StringComparison.Ordinal))
                {
                    return true;
                }
            }
            catch (HttpRequestException)
            {
                continue;
            }
        }

        return false;
    }

    private static async Task EndAsync(Process process)
    {
        process.Kill();
        await process.WaitForExitAsync().BoundAsync();
        process.Dispose();
    }
}
