using System.Diagnostics;

namespace Federation.Discovery.Tests.Support;

/// <summary>The helper program as a process of its own.</summary>
internal static class PeerProcess
{
    /// <summary>True in the long run of all tests.</summary>
    public static bool IsLongRun => Environment.GetEnvironmentVariable("FEDERATION_TEST_ALL") == "1";

    public static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Federation.Discovery.Peer.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    /// <summary>Ends it with its input, upon which it gives back what it holds: a lease that ran out later would
    /// change the store under other tests.</summary>
    public static async Task EndAsync(this Process process)
    {
        try
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync().BoundAsync();
        }
        finally
        {
            process.Kill();
            process.Dispose();
        }
    }
}
