using System.Security.Cryptography;
using Federation.Proofs;
using Federation.Proofs.PreCommit2;
using Federation.Proto.Gates;
using Federation.Proto.Records;
using Federation.Storage.Attempts;
using Federation.Storage.Unsealed;
using Federation.Worker.Phases;

namespace Federation.Worker.Tasks;

/// <summary>The phases that compute.</summary>
public sealed partial class PhaseExecutor
{
    private async Task<TaskResult> AddPieceAsync(
        Assign task, PhasePlace place, IProgress<PhaseProgress> progress, CancellationToken cancellationToken)
    {
        var sector = PhaseInputs.Sector(task);
        var unsealed = place.Attempt!.PathOf(AttemptFileName.Unsealed);
        var outcome = await runner.AddPieceAsync(
            new AddPieceTask { Sector = sector, UnsealedPath = unsealed }, progress, cancellationToken);
        await OnDiskAsync(
            () => { UnsealedTrailer.Append(unsealed, sector.Config.Shape.SectorSize); return true; },
            cancellationToken);
        return await CompleteAsync(
            place,
            new TaskResult { Pieces = { PhaseInputs.Pieces(outcome.Pieces) }, CommD = outcome.CommD.ToString() },
            cancellationToken);
    }

    private async Task<TaskResult> PreCommit1Async(
        Assign task, PhasePlace place, IProgress<PhaseProgress> progress, CancellationToken cancellationToken)
    {
        var sector = PhaseInputs.Sector(task);
        var cache = place.Attempt!.EnsureCache();
        TakeOverLayers(sector.Config.Shape, place);
        var outcome = await runner.PreCommit1Async(
            new PreCommit1Task
            {
                Sector = sector,
                Ticket = PhaseInputs.Require("ticket", task.Ticket),
                Pieces = PhaseInputs.Pieces(task.Pieces),
                UnsealedPath = RequireFile(place, AttemptFileName.Unsealed),
                SharedTreeDPath = place.Storage.ZeroTreeD(sector.Config.Shape.SectorSize),
                CachePath = cache,
                RecordedCachePath = place.Published.Cache,
                Lanes = PhaseInputs.Lanes(task),
            },
            progress, cancellationToken);
        RequireEqual("CommD", PhaseInputs.Find("comm_d", task.CommD), outcome.CommD);
        return await CompleteAsync(place, new TaskResult { CommD = outcome.CommD.ToString() }, cancellationToken);
    }

    /// <summary>The layers and tree-d of an earlier attempt, which the phase checks to be this replica's.</summary>
    private static void TakeOverLayers(SectorShape shape, PhasePlace place)
    {
        var layers = Enumerable.Range(1, shape.Layers).Select(layer => (CacheFiles.Layer(layer), shape.SectorSize));
        var marks = Enumerable.Range(1, shape.Layers)
            .Select(layer => (CacheFiles.LayerMark(layer), (long)CacheFiles.LayerMarkSize));
        TakeOver(
            Federation.Storage.SealingPhase.PreCommit1,
            place,
            [.. layers, .. marks, (CacheFiles.TreeD, ((2 * shape.Nodes) - 1) * SectorShape.NodeSize)]);
    }

    /// <summary>
    /// What an earlier attempt has finished is not computed again: its whole files get a second name here. The phase
    /// itself checks them and makes the others anew.
    /// </summary>
    private static void TakeOver(
        Federation.Storage.SealingPhase phase, PhasePlace place, IEnumerable<(string Name, long Bytes)> files)
    {
        var attempts = place.Storage.Attempts(place.Sector, phase);
        foreach (var (name, size) in files)
        {
            var file = AttemptFileName.InCache(name);
            _ = attempts.List().Reverse().Where(earlier => earlier.Id != place.Attempt!.Id)
                .Any(earlier => place.Attempt!.TryTakeOver(earlier, file, size));
        }
    }

    private async Task<TaskResult> PreCommit2Async(
        Assign task, PhasePlace place, IProgress<PhaseProgress> progress, CancellationToken cancellationToken)
    {
        var sector = PhaseInputs.Sector(task);
        var cache = place.Attempt!.EnsureCache();
        TakeOver(
            Federation.Storage.SealingPhase.PreCommit2, place, PreCommit2Phase.Resumable(sector.Config.Shape));
        var outcome = await runner.PreCommit2Async(
            new PreCommit2Task
            {
                Sector = sector,
                Ticket = PhaseInputs.Require("ticket", task.Ticket),
                CommD = PhaseInputs.Find("comm_d", task.CommD),
                LayersPath = place.Published.Cache,
                CachePath = cache,
                RecordedCachePath = place.Published.Cache,
                SealedPath = place.Attempt.PathOf(AttemptFileName.Sealed),
            },
            progress, cancellationToken);
        RequireEqual("CommR", PhaseInputs.Find("comm_r", task.CommR), outcome.CommR);
        return await CompleteAsync(
            place, new TaskResult { CommD = outcome.CommD.ToString(), CommR = outcome.CommR.ToString() },
            cancellationToken);
    }

    private async Task<TaskResult> Commit1Async(
        Assign task, PhasePlace place, IProgress<PhaseProgress> progress, CancellationToken cancellationToken)
    {
        place.Attempt!.EnsureHandover();
        var outcome = await runner.Commit1Async(
            new Commit1Task
            {
                Sector = PhaseInputs.Sector(task),
                Ticket = PhaseInputs.Require("ticket", task.Ticket),
                Seed = PhaseInputs.Require("seed", task.Seed),
                CommD = PhaseInputs.Find("comm_d", task.CommD),
                CommR = PhaseInputs.Find("comm_r", task.CommR),
                CachePath = place.Published.Cache,
                SealedPath = RequireFile(place, AttemptFileName.Sealed),
                OutputPath = place.Attempt.PathOf(AttemptFileName.Commit1Output),
            },
            progress, cancellationToken);
        return await CompleteAsync(
            place,
            new TaskResult
            {
                CommD = outcome.CommD.ToString(),
                CommR = outcome.CommR.ToString(),
                ProofSha256 = outcome.OutputSha256,
                ProofBytes = (ulong)outcome.OutputBytes,
            },
            cancellationToken);
    }

    private async Task<TaskResult> Commit2Async(
        Assign task, PhasePlace place, IProgress<PhaseProgress> progress, CancellationToken cancellationToken)
    {
        var sector = PhaseInputs.Sector(task);
        place.Attempt!.EnsureHandover();
        var outcome = await runner.Commit2Async(
            new Commit2Task
            {
                Sector = sector,
                Ticket = PhaseInputs.Require("ticket", task.Ticket),
                Seed = PhaseInputs.Require("seed", task.Seed),
                CommD = PhaseInputs.Find("comm_d", task.CommD),
                CommR = PhaseInputs.Find("comm_r", task.CommR),
                Commit1OutputPath = RequireFile(place, AttemptFileName.Commit1Output),
                Parameters = parameters.Cache,
                Policy = parameters.Policy(task.Spec.Devnet),
            },
            progress, cancellationToken);
        if (outcome.Details is { } details)
        {
            notice.Used(details.Origin, details.ParametersPath);
        }

        var path = place.Attempt.PathOf(AttemptFileName.Commit2Proof);
        await File.WriteAllBytesAsync(path, outcome.Proof, cancellationToken);
        return await CompleteAsync(
            place,
            new TaskResult
            {
                ProofSha256 = Convert.ToHexStringLower(SHA256.HashData(outcome.Proof.Span)),
                ProofBytes = (ulong)outcome.Proof.Length,
            },
            cancellationToken);
    }

    /// <summary>Once PreCommit was submitted, a phase that is run again must come to the same value.</summary>
    private static void RequireEqual(string name, Bytes32? expected, Bytes32 actual)
    {
        if (expected is { } value && value != actual)
        {
            throw new PhaseFailedException(
                FailureKind.InvalidInput,
                $"{name} is {actual}, expected {value} as submitted before: pieces or ticket are not the same.");
        }
    }
}
