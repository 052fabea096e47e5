using System.Diagnostics;
using System.Net.Sockets;

namespace Federation.Proto.Tests.Support;

/// <summary>A real etcd of one member on loopback, with its data in a folder of its own.</summary>
public sealed class EtcdProcess : IAsyncLifetime
{
    public const string Program = "/usr/bin/etcd";

    private readonly string _folder = Directory.CreateTempSubdirectory("federation-etcd-").FullName;
    private Process? _process;

    /// <summary>Where it listens; nobody does where it is not installed.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1:1");

    public async Task InitializeAsync()
    {
        for (var attempt = 0; File.Exists(Program) && _process is null; attempt++)
        {
            var client = new Uri($"http://127.0.0.1:{Bounds.FreePort()}");
            _process = Start(client, new Uri($"http://127.0.0.1:{Bounds.FreePort()}"));
            if (await IsUpAsync(client))
            {
                Address = client;
            }
            else
            {
                Stop();
                Assert.True(attempt < 3, "etcd did not come up on any of four pairs of free ports.");
            }
        }
    }

    public Task DisposeAsync()
    {
        Stop();
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    private static string Text(Uri uri) => uri.GetLeftPart(UriPartial.Authority);

    private Process Start(Uri client, Uri peer)
    {
        string[] arguments =
        [
            "--data-dir", Path.Combine(_folder, "data"), "--logger", "zap", "--log-outputs", "/dev/null",
            "--listen-client-urls", Text(client), "--advertise-client-urls", Text(client),
            "--listen-peer-urls", Text(peer), "--initial-advertise-peer-urls", Text(peer),
            "--initial-cluster", $"default={Text(peer)}",
        ];
        return Process.Start(new ProcessStartInfo(Program, arguments))!;
    }

    private async Task<bool> IsUpAsync(Uri client)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < Bounds.Limit && !_process!.HasExited)
        {
            try
            {
                var health = await http.GetStringAsync(new Uri(client, "/health"));
                if (health.Contains("true", StringComparison.Ordinal))
                {
                    return true;
                }
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or SocketException)
            {
                // Not listening yet.
            }

            await Task.Delay(50);
        }

        return false;
    }

    private void Stop()
    {
        if (_process is { HasExited: false } running)
        {
            running.Kill();
            running.WaitForExit(5000);
        }

        _process?.Dispose();
        _process = null;
    }
}
