using System.Diagnostics;
using Federation.Hosting;

namespace Federation.Launcher.Processes;

/// <summary>Runs a command to its end, as an operator would type it.</summary>
internal static class ShortCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Runs a command; its output is kept for the message should it fail.</summary>
    /// <exception cref="OperatorException">It ended with another code than 0, or not within a minute.</exception>
    public static async Task RunAsync(ChildSpec spec, TimeSpan? limit, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(spec.Program, spec.Arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in spec.Environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{spec.Name} did not start.");
        process.StandardInput.Close();
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(limit ?? Limit);
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(bounded.Token),
                process.StandardError.ReadToEndAsync(bounded.Token));
            await process.WaitForExitAsync(bounded.Token);
            if (process.ExitCode != 0)
            {
                throw new OperatorException(
                    $"{spec.Name} ended with code {process.ExitCode}:\n{(await errors + await output).Trim()}");
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new OperatorException($"{spec.Name} did not end within {(limit ?? Limit).TotalSeconds:0} s");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
