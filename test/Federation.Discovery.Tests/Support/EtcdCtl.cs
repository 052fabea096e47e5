using System.Diagnostics;

namespace Federation.Discovery.Tests.Support;

/// <summary>Runs etcdctl.</summary>
internal static class EtcdCtl
{
    public const string Program = "/usr/bin/etcdctl";

    /// <summary>Its own limits are a few seconds, which a busy machine may need.</summary>
    private const string Patience = "--dial-timeout=90s --command-timeout=90s --keepalive-timeout=90s";

    internal sealed record Output(int ExitCode, string StandardOutput, string StandardError);

    public static async Task<Output> RunAsync(string address, string arguments, string input = "")
    {
        using var process = Start(address, arguments);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().BoundAsync();
        return new Output(process.ExitCode, await output.BoundAsync(), await error.BoundAsync());
    }

    public static Process Start(string address, string arguments)
    {
        var start = new ProcessStartInfo(Program, $"--endpoints={address} {Patience} {arguments}")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ETCDCTL_API"] = "3";
        return Process.Start(start)!;
    }
}
