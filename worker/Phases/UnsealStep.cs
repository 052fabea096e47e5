using System.Diagnostics;
using Federation.Proofs;
using Federation.Proofs.Commitments;
using Federation.Proofs.Unseal;

namespace Federation.Worker.Phases;

/// <summary>What <c>worker phase unseal</c> does after its options are read.</summary>
internal static class UnsealStep
{
    private const string StandardOutput = "-";

    // Where data for standard output wait until all of them are verified.
    private const string WaitingData = "unsealed-data";

    /// <summary>Unseals, and prints one object, or the data alone where these go to standard output.</summary>
    public static Task<string?> RunAsync(PhaseInput input, TextWriter output, CancellationToken cancellationToken) =>
        RunAsync(input, output, Console.OpenStandardOutput, cancellationToken);

    /// <summary>The same with another standard output.</summary>
    internal static async Task<string?> RunAsync(
        PhaseInput input, TextWriter output, Func<Stream> standardOutput, CancellationToken cancellationToken)
    {
        var request = Request(input);
        if (request.DataPath is null && request.UnsealedPath is null)
        {
            return "--data-out or --unsealed-out is missing: say where the data go";
        }

        var runner = new PhaseRunner(input.SealOptions());
        if (request.DataPath == StandardOutput)
        {
            await PrintDataAsync(runner, request, input.Progress, standardOutput, cancellationToken);
            return null;
        }

        var watch = Stopwatch.StartNew();
        var result = await runner.UnsealAsync(request, input.Progress, cancellationToken);
        var elapsed = watch.Elapsed;
        string?[] files = [request.DataPath, request.UnsealedPath];
        await output.WriteLineAsync(new PhaseReport()
            .Add("CommD", Commitment.Unsealed(result.CommD))
            .Add("ReplicaID", result.ReplicaId)
            .Add("Bytes", json => json.WriteNumberValue(result.Bytes))
            .Add("Verified", json => PieceListFile.Write(json, result.Verified))
            .AddFiles(files.OfType<string>(), cancellationToken)
            .Finish(elapsed));
        return null;
    }

    private static UnsealRequest Request(PhaseInput input)
    {
        var (options, sector) = (input.Options, input.Sector());
        return new UnsealRequest
        {
            Config = sector.Config,
            ProverId = sector.ProverId,
            Sector = sector.Number,
            Ticket = input.Hex(options.Ticket),
            CommD = input.OptionalCommitment(options.CommD, CommitmentKind.Unsealed),
            Pieces = input.Value(options.Pieces) is { } path ? PieceListFile.Read(path) : null,
            SealedPath = input.Text(options.Sealed),
            LayerDirectory = input.Value(options.Cache),
            KeepLayers = input.Value(options.KeepLayers),
            Offset = input.Value(options.Offset),
            Size = input.Value(options.Size),
            DataPath = input.Value(options.DataOut),
            UnsealedPath = input.Value(options.UnsealedOut),
        };
    }

    private static async Task PrintDataAsync(
        PhaseRunner runner,
        UnsealRequest request,
        IProgress<PhaseProgress> progress,
        Func<Stream> standardOutput,
        CancellationToken cancellationToken)
    {
        var waiting = Path.Combine(request.LayerDirectory, WaitingData);
        try
        {
            await runner.UnsealAsync(request with { DataPath = waiting }, progress, cancellationToken);
            await using var data = File.OpenRead(waiting);
            await using var target = standardOutput();
            await data.CopyToAsync(target, cancellationToken);
        }
        finally
        {
            File.Delete(waiting);
        }
    }
}
