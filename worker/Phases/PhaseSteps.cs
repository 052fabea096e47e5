using System.Diagnostics;
using Federation.Proofs;
using Federation.Proofs.Commit1;
using Federation.Proofs.Commitments;
using Federation.Proofs.Pieces;

namespace Federation.Worker.Phases;

/// <summary>
/// What <c>worker phase</c> does after its options are read; each step prints one object and returns a refusal or
/// null.
/// </summary>
internal static class PhaseSteps
{
    public static async Task<string?> AddPieceAsync(
        PhaseInput input, TextWriter output, CancellationToken cancellationToken)
    {
        var task = new AddPieceTask
        {
            Sector = input.Sector(),
            ExistingPieces = OptionalPieces(input) ?? [],
            PieceDataPath = input.Value(input.Options.PieceData),
            UnsealedPath = input.Value(input.Options.Unsealed),
        };
        var watch = Stopwatch.StartNew();
        var outcome = await new PhaseRunner(input.SealOptions()).AddPieceAsync(task, input.Progress, cancellationToken);
        var elapsed = watch.Elapsed;
        await output.WriteLineAsync(new PhaseReport()
            .Add("CommP", Commitment.Unsealed(outcome.Piece.CommP))
            .Add("CommD", Commitment.Unsealed(outcome.CommD))
            .Add("Pieces", json => PieceListFile.Write(json, outcome.Pieces))
            .AddFiles([task.UnsealedPath], cancellationToken)
            .Finish(elapsed));
        return null;
    }

    public static async Task<string?> PreCommit1Async(
        PhaseInput input, TextWriter output, CancellationToken cancellationToken)
    {
        var task = new PreCommit1Task
        {
            Sector = input.Sector(),
            Ticket = input.Hex(input.Options.Ticket),
            Pieces = PieceListFile.Read(input.Text(input.Options.Pieces)),
            UnsealedPath = input.Value(input.Options.Unsealed),
            SealedPath = input.Value(input.Options.Sealed),
            CachePath = input.Value(input.Options.Cache),
        };
        var watch = Stopwatch.StartNew();
        var outcome = await new PhaseRunner(input.SealOptions())
            .PreCommit1Async(task, input.Progress, cancellationToken);
        var elapsed = watch.Elapsed;
        await WriteHandOverAsync(input, outcome.Output, cancellationToken);
        await output.WriteLineAsync(new PhaseReport()
            .Add("CommD", Commitment.Unsealed(outcome.CommD))
            .Add("ReplicaID", outcome.ReplicaId)
            .Add("Output", json => json.WriteRawValue(outcome.Output.Span))
            .AddFiles(CacheAnd(task.CachePath, task.SealedPath), cancellationToken)
            .Finish(elapsed));
        return null;
    }

    public static async Task<string?> PreCommit2Async(
        PhaseInput input, TextWriter output, CancellationToken cancellationToken)
    {
        var task = new PreCommit2Task
        {
            Sector = input.Sector(),
            Ticket = input.OptionalHex(input.Options.Ticket),
            CommD = input.OptionalCommitment(input.Options.CommD, CommitmentKind.Unsealed),
            CachePath = input.Value(input.Options.Cache),
            SealedPath = input.Text(input.Options.Sealed),
            Clear = input.Value(input.Options.Clear),
        };
        var watch = Stopwatch.StartNew();
        var outcome = await new PhaseRunner(input.SealOptions())
            .PreCommit2Async(task, input.Progress, cancellationToken);
        var elapsed = watch.Elapsed;
        await WriteHandOverAsync(input, outcome.Output, cancellationToken);
        await output.WriteLineAsync(new PhaseReport()
            .Add("CommD", Commitment.Unsealed(outcome.CommD))
            .Add("CommR", Commitment.Sealed(outcome.CommR))
            .Add("CommC", Commitment.Sealed(outcome.CommC))
            .Add("CommRLast", Commitment.Sealed(outcome.CommRLast))
            .Add("Output", json => json.WriteRawValue(outcome.Output.Span))
            .AddFiles(CacheAnd(task.CachePath, task.SealedPath), cancellationToken)
            .Finish(elapsed));
        return null;
    }

    public static async Task<string?> Commit1Async(
        PhaseInput input, TextWriter output, CancellationToken cancellationToken)
    {
        var sector = input.Sector();
        var task = new Commit1Task
        {
            Sector = sector,
            Ticket = input.Hex(input.Options.Ticket),
            Seed = input.Hex(input.Options.Seed),
            CommD = input.OptionalCommitment(input.Options.CommD, CommitmentKind.Unsealed)
                ?? CommDOfPieces(input, sector),
            CommR = input.OptionalCommitment(input.Options.CommR, CommitmentKind.Sealed),
            CachePath = input.Value(input.Options.Cache),
            SealedPath = input.Text(input.Options.Sealed),
            OutputPath = input.Text(input.Options.Commit1Output),
            Form = input.Value(input.Options.Form),
        };
        var watch = Stopwatch.StartNew();
        var outcome = await new PhaseRunner(input.SealOptions()).Commit1Async(task, input.Progress, cancellationToken);
        var elapsed = watch.Elapsed;
        await output.WriteLineAsync(new PhaseReport()
            .Add("CommD", Commitment.Unsealed(outcome.CommD))
            .Add("CommR", Commitment.Sealed(outcome.CommR))
            .Add("ReplicaID", outcome.ReplicaId)
            .AddChallenges(outcome.Challenges)
            .AddFiles([task.OutputPath], cancellationToken)
            .Finish(elapsed));
        return null;
    }

    public static async Task<string?> FinalizeAsync(
        PhaseInput input, TextWriter output, CancellationToken cancellationToken)
    {
        var shape = input.Sector().Config.Shape;
        var (cache, replica) = (input.Value(input.Options.Cache), input.Text(input.Options.Sealed));
        var watch = Stopwatch.StartNew();
        await PhaseRunner.RunAsync(
            () =>
            {
                SealCache.Finalize(shape, cache, replica);
                return true;
            },
            cancellationToken);
        var elapsed = watch.Elapsed;
        await output.WriteLineAsync(
            new PhaseReport().AddFiles(CacheAnd(cache, replica), cancellationToken).Finish(elapsed));
        return null;
    }

    public static async Task<string?> VerifyAsync(
        PhaseInput input, TextWriter output, CancellationToken cancellationToken)
    {
        var task = new VerifyTask
        {
            Sector = input.Sector(),
            Ticket = input.Hex(input.Options.Ticket),
            Seed = input.Hex(input.Options.Seed),
            CommD = input.CommitmentOf(input.Options.CommD, CommitmentKind.Unsealed),
            CommR = input.CommitmentOf(input.Options.CommR, CommitmentKind.Sealed),
            Commit1OutputPath = input.Value(input.Options.Commit1Output)
                ?? throw new PhaseException(PhaseFault.InvalidInput, "--c1out or --proof is missing"),
        };
        var watch = Stopwatch.StartNew();
        var outcome = await new PhaseRunner(input.SealOptions()).VerifyAsync(task, cancellationToken);
        var elapsed = watch.Elapsed;
        var report = new PhaseReport()
            .Add("Valid", json => json.WriteBooleanValue(outcome.Result.IsValid))
            .Add("CommD", Commitment.Unsealed(task.CommD))
            .Add("CommR", Commitment.Sealed(task.CommR))
            .Add("ReplicaID", outcome.ReplicaId)
            .AddChallenges(outcome.Challenges);
        if (!outcome.Result.IsValid)
        {
            report.Add("Failure", outcome.Result.Failure.ToString()).Add("Detail", outcome.Result.Detail);
        }

        await output.WriteLineAsync(report.AddFiles([task.Commit1OutputPath], cancellationToken).Finish(elapsed));
        return outcome.Result.IsValid
            ? null
            : $"the proof is refused ({outcome.Result.Failure}): {outcome.Result.Detail}";
    }

    private static IReadOnlyList<PieceInfo>? OptionalPieces(PhaseInput input) =>
        input.Value(input.Options.Pieces) is { } path ? PieceListFile.Read(path) : null;

    internal static Bytes32? CommDOfPieces(PhaseInput input, PhaseSector sector) =>
        OptionalPieces(input) is not { } pieces ? null
        : DataCommitment.FromPieces(pieces, sector.Config.Shape.SectorSize);

    private static IEnumerable<string> CacheAnd(string cache, string? other) =>
        [.. Directory.GetFiles(cache), .. other is null ? Array.Empty<string>() : [other]];

    private static async Task WriteHandOverAsync(
        PhaseInput input, ReadOnlyMemory<byte> output, CancellationToken cancellationToken)
    {
        if (input.Value(input.Options.Output) is { } path)
        {
            await File.WriteAllBytesAsync(path, output, cancellationToken);
        }
    }
}
