using Federation.Proofs;
using Federation.Proofs.Groth16.Parameters;

namespace Federation.Integration.Tests.Support;

/// <summary>
/// Groth16 parameters of the PoRep of 2 KiB: those that FIL_PROOFS_PARAMETER_CACHE names, else test parameters made by
/// the worker's own command, once for this checkout and kept (1.1 GB, a minute of two cores).
/// </summary>
public static class TestParameters
{
    private static readonly CircuitId Circuit = new(CircuitKind.PoRep, SectorShape.Parse("2KiB"));
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(10);

    /// <summary>The folder that has them.</summary>
    public static async Task<string> RequireAsync()
    {
        if (Environment.GetEnvironmentVariable("FIL_PROOFS_PARAMETER_CACHE") is { Length: > 0 } named && Has(named))
        {
            return named;
        }

        // artifacts/bin/Federation.Integration.Tests/<configuration>/
        var folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../test-parameters"));
        Directory.CreateDirectory(folder);
        await using var turn = await LockAsync(Path.Combine(folder, "lock"));
        if (!Has(folder))
        {
            await GenerateAsync(folder);
        }

        return folder;
    }

    private static bool Has(string folder) => Enum.GetValues<ParameterFile>().All(
        file => new ParameterCache(folder).Inspect(Circuit, file).State
            is ParameterState.Official or ParameterState.TestParameters);

    private static async Task GenerateAsync(string folder)
    {
        await using var process = ChildProcess.Start(
            "params", Path.Combine(folder, "generate.log"), TestPrograms.Worker,
            ["params", "generate", "--circuit", "porep", "--sector-size", "2KiB", "--output-dir", folder]);
        Assert.True(await process.WaitAsync(Bound) == 0, process.Tail());
    }

    private static async Task<FileStream> LockAsync(string path)
    {
        FileStream? held = null;
        await Eventually.HoldsAsync(
            () =>
            {
                try
                {
                    held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                    return Task.FromResult<string?>(null);
                }
                catch (IOException error)
                {
                    return Task.FromResult<string?>(error.Message);
                }
            },
            Bound,
            static () => "another run makes the parameters");
        return held!;
    }
}
