using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;

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
            var (name, client) = ($"{Guid.NewGuid():N}", new Uri($"http://127.0.0.1:{Bounds.FreePort()}"));
            _process = Start(name, client, new Uri($"http://127.0.0.1:{Bounds.FreePort()}"));
            if (await IsUpAsync(name, client))
            {
                Address = client;
            }
            else
            {
                await StopAsync();
                Assert.True(attempt < 5, "etcd did not come up on any of six pairs of free ports.");
            }
        }
    }

    public async Task DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Text(Uri uri) => uri.GetLeftPart(UriPartial.Authority);

    private Process Start(string name, Uri client, Uri peer)
    {
        string[] arguments =
        [
            "--name", name, "--data-dir", Path.Combine(_folder, name), "--logger", "zap", "--log-outputs", "/dev/null",
            "--listen-client-urls", Text(client), "--advertise-client-urls", Text(client),
            "--listen-peer-urls", Text(peer), "--initial-advertise-peer-urls", Text(peer),
            "--initial-cluster", $"{name}={Text(peer)}",
        ];
        return Process.Start(new ProcessStartInfo(Program, arguments))!;
    }

    private async Task<bool> IsUpAsync(string name, Uri client)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < Bounds.Limit && !_process!.HasExited)
        {
            try
            {
                if (await AnswersAsync(http, name, client))
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

    /// <summary>Whether it serves, and it is this one: another test's may have taken the port first.</summary>
    private static async Task<bool> AnswersAsync(HttpClient http, string name, Uri client)
    {
        var health = await http.GetStringAsync(new Uri(client, "/health"));
        if (!health.Contains("true", StringComparison.Ordinal))
        {
            return false;
        }

        using var members = await http.PostAsJsonAsync(new Uri(client, "/v3/cluster/member/list"), new JsonObject());
        return (await members.Content.ReadAsStringAsync()).Contains(name, StringComparison.Ordinal);
    }

    private async Task StopAsync()
    {
        if (_process is { } running)
        {
            running.Kill();
            await running.WaitForExitAsync().Bounded();
            running.Dispose();
        }

        _process = null;
    }
}
