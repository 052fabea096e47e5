using Federation.Hosting;
using Federation.Launcher.Layout;
using Federation.Launcher.Processes;

namespace Federation.Launcher.Sites;

/// <summary>etcd as the federation's store: one member on this machine.</summary>
internal sealed class Etcd(FederationPlan plan, FederationFolder folder, HttpClient http)
{
    private const string Packages = "etcd-server etcd-client";
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(5);

    /// <summary>How it is started.</summary>
    public ChildSpec Spec
    {
        get
        {
            var client = $"http://{plan.StoreEndpoint}";
            var peer = $"http://127.0.0.1:{plan.StorePeerPort}";
            return new ChildSpec(
                "etcd",
                "etcd",
                [
                    "--name", "fed", "--data-dir", folder.Etcd, "--listen-client-urls", client,
                    "--advertise-client-urls", client,
                    "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer, "--initial-cluster",
                    $"fed={peer}",
                    "--logger", "zap",
                ],
                new Dictionary<string, string>());
        }
    }

    /// <summary>Makes sure that etcd is there.</summary>
    /// <exception cref="OperatorException">It is not, and may not or cannot be installed.</exception>
    public static async Task RequireAsync(bool install, CancellationToken cancellationToken)
    {
        if (FindInPath("etcd") is not null)
        {
            return;
        }

        const string Advice = $"install it with: apt-get install {Packages}";
        if (!install)
        {
            throw new OperatorException("etcd is missing", $"{Advice}, or add --install, or leave --store etcd out");
        }

        if (Environment.UserName != "root" || FindInPath("apt-get") is null)
        {
            throw new OperatorException("etcd is missing and cannot be installed: that needs root on Debian", Advice);
        }

        var environment = new Dictionary<string, string> { ["DEBIAN_FRONTEND"] = "noninteractive" };
        string[] arguments = ["install", "-y", "--no-install-recommends", .. Packages.Split(' ')];
        await ShortCommand.RunAsync(
            new ChildSpec("apt-get update", "apt-get", ["update"], environment), InstallLimit, cancellationToken);
        await ShortCommand.RunAsync(
            new ChildSpec("apt-get install", "apt-get", arguments, environment), InstallLimit, cancellationToken);
    }

    /// <summary>Whether it answers and can write.</summary>
    public async Task<bool> IsUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            var health = await http.GetStringAsync(new Uri($"http://{plan.StoreEndpoint}/health"), cancellationToken);
            return health.Contains("true", StringComparison.Ordinal);
        }
        catch (Exception error) when (error is HttpRequestException
            || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // Not listening yet, or too busy to answer: the caller asks again, within its bound.
            return false;
        }
    }

    /// <summary>A program's path; null when it is in none of PATH's folders.</summary>
    public static string? FindInPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Select(directory => Path.Combine(directory, program))
        .FirstOrDefault(File.Exists);
}
