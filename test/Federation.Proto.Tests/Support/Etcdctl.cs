using System.Diagnostics;

namespace Federation.Proto.Tests.Support;

/// <summary>Debian's etcdctl: a gRPC client that is not ours.</summary>
internal static class Etcdctl
{
    public const string Program = "/usr/bin/etcdctl";

    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        Uri server, params string[] arguments)
    {
        var endpoint = server.GetLeftPart(UriPartial.Authority);
        // Its own limits are a few seconds, which a machine that stands still passes.
        string[] all =
        [
            "--endpoints", endpoint, "--command-timeout", "60s", "--dial-timeout", "60s", "--keepalive-timeout", "60s",
            .. arguments,
        ];
        var start = new ProcessStartInfo(Program, all) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ETCDCTL_API"] = "3";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().Bounded();
        return (process.ExitCode, await output, await error);
    }
}
