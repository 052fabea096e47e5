using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Federation.Proofs;
using Federation.Proofs.AddPiece;
using Federation.Proofs.Challenges;
using Federation.Proofs.Commit1;
using Federation.Proofs.Groth16;
using Federation.Proofs.Groth16.Parameters;
using Federation.Proofs.Pieces;
using Federation.Proofs.PreCommit1;
using Federation.Proofs.PreCommit2;
using Federation.Proofs.Trees;
using Federation.Proofs.Unseal;
using Federation.Proofs.Verification;

namespace Federation.Worker.Phases;

/// <summary>Runs phases in this process with the proofs library, each on a thread of its own.</summary>
/// <param name="options">Resources of each phase.</param>
/// <param name="lanes">Where PC1 of a group runs in lockstep; null: each sector of it runs alone.</param>
public sealed partial class PhaseRunner(SealOptions options, PreCommit1Lanes? lanes = null) : IPhaseRunner
{
    // A synthetic proof opens 16 paths for each of up to 2^18 challenges: about the work of both trees.
    private const double TreesPartBeforeProofs = 0.5;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(700);

    /// <inheritdoc/>
    public Task<AddPieceOutcome> AddPieceAsync(
        AddPieceTask task, IProgress<PhaseProgress>? progress, CancellationToken cancellationToken) =>
        RunAsync(() => AddPiece(task, progress, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<PreCommit1Outcome> PreCommit1Async(
        PreCommit1Task task, IProgress<PhaseProgress>? progress, CancellationToken cancellationToken) =>
        task.Lanes is { } share && lanes is not null
            ? EndAsync(() => lanes.RunAsync(share, new LaneMember(task, progress, cancellationToken)),
                cancellationToken)
            : RunAsync(() => PreCommit1(task, options, progress, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<PreCommit2Outcome> PreCommit2Async(
        PreCommit2Task task, IProgress<PhaseProgress>? progress, CancellationToken cancellationToken) =>
        RunAsync(() => PreCommit2(task, progress, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<Commit1Outcome> Commit1Async(
        Commit1Task task, IProgress<PhaseProgress>? progress, CancellationToken cancellationToken) =>
        RunAsync(() => Commit1(task, progress, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<VerifyOutcome> VerifyAsync(VerifyTask task, CancellationToken cancellationToken) =>
        RunAsync(() => Verify(task, cancellationToken), cancellationToken);

    internal static Task<T> RunAsync<T>(Func<T> phase, CancellationToken cancellationToken) => EndAsync(
        () => Task.Factory.StartNew(
            phase,
            cancellationToken,
            TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
            TaskScheduler.Default),
        cancellationToken);

    /// <summary>
    /// Unsealing. Ends as the phases of <see cref="IPhaseRunner"/> do; run again it begins anew unless it keeps layers.
    /// </summary>
    public Task<UnsealResult> UnsealAsync(
        UnsealRequest request, IProgress<PhaseProgress>? progress, CancellationToken cancellationToken) =>
        RunAsync(() => UnsealPhase.Run(request, options, progress, cancellationToken), cancellationToken);

    /// <summary>
    /// A phase looks for its cancellation all the time. A call of the file system does not: a flush to a slow disk is
    /// left to end by itself once the patience is over, and then the phase ends behind it.
    /// </summary>
    private static async Task<T> EndAsync<T>(Func<Task<T>> start, CancellationToken cancellationToken)
    {
        using var impatient = new CancellationTokenSource();
        await using var cancelled = cancellationToken.UnsafeRegister(_ => impatient.CancelAfter(Patience), null);
        try
        {
            return await start().WaitAsync(impatient.Token);
        }
        catch (Exception failure) when (FaultOf(failure) is not null)
        {
            throw new PhaseException(FaultOf(failure)!.Value, failure.Message, failure);
        }
    }

    private static PhaseFault? FaultOf(Exception failure) => failure switch
    {
        // Another machine may have these files, or whole ones.
        MissingParametersException or ParameterFileException => PhaseFault.Storage,
        UnprovableException or NotSupportedException => PhaseFault.InvalidInput,
        FileNotFoundException or DirectoryNotFoundException or InvalidDataException => PhaseFault.InvalidInput,
        FormatException or ArgumentException or PieceSizeException => PhaseFault.InvalidInput,
        IOException or UnauthorizedAccessException => PhaseFault.Storage,
        _ => null,
    };

    private static AddPieceOutcome AddPiece(
        AddPieceTask task, IProgress<PhaseProgress>? progress, CancellationToken cancellationToken)
    {
        var shape = task.Sector.Config.Shape;
        using var data = task.PieceDataPath is { } path
            ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read)
            : null;
        var request = new AddPieceRequest
        {
            Shape = shape,
            UnsealedPath = task.UnsealedPath,
            ExistingPieces = task.ExistingPieces,
            UnpaddedSize = data?.Length ?? shape.UnpaddedSize,
            Data = data,
        };
        var piece = AddPiecePhase.Run(request, progress, cancellationToken);
        List<PieceInfo> pieces = [.. task.ExistingPieces, piece];
        return new AddPieceOutcome(piece, pieces, DataCommitment.FromPieces(pieces, shape.SectorSize));
    }

    internal static PreCommit1Outcome PreCommit1(
        PreCommit1Task task, SealOptions options, IProgress<PhaseProgress>? progress,
        CancellationToken cancellationToken) =>
        OutcomeOf(PreCommit1Phase.Run(RequestOf(task), options, progress, cancellationToken));

    internal static PreCommit1Request RequestOf(PreCommit1Task task) => new()
    {
        Config = task.Sector.Config,
        ProverId = task.Sector.ProverId,
        Sector = task.Sector.Number,
        Ticket = task.Ticket,
        Pieces = task.Pieces,
        UnsealedPath = task.UnsealedPath,
        SealedPath = task.SealedPath,
        SharedTreeDPath = task.SharedTreeDPath,
        CacheDirectory = task.CachePath,
        RecordedCachePath = task.RecordedCachePath ?? task.CachePath,
    };

    [return: NotNullIfNotNull(nameof(result))]
    internal static PreCommit1Outcome? OutcomeOf(PreCommit1Result? result) =>
        result is null ? null : new PreCommit1Outcome(result.CommD, result.ReplicaId, result.Output);

    private PreCommit2Outcome PreCommit2(
        PreCommit2Task task, IProgress<PhaseProgress>? progress, CancellationToken cancellationToken)
    {
        var config = task.Sector.Config;
        var treeD = Path.Combine(task.LayersPath, CacheFiles.TreeD);
        var commD = RequireTreeD(config.Shape, treeD, task.CommD);
        if (task.Ticket is { } ticket)
        {
            PreCommit1Phase.RequireLayers(
                config, ReplicaIdOf(task.Sector, ticket, commD), task.LayersPath, cancellationToken);
        }

        Directory.CreateDirectory(task.CachePath);
        var request = new PreCommit2Request
        {
            Config = config,
            // The leaves of tree-d are the padded data, and were checked against the pieces.
            UnsealedPath = treeD,
            CommD = commD,
            LayerDirectory = task.LayersPath,
            OutputDirectory = task.CachePath,
            SealedPath = task.SealedPath,
        };
        var writesProofs = task.Clear && config.Feature == PoRepFeature.Synthetic;
        var treesPart = writesProofs ? TreesPartBeforeProofs : 1;
        var result = PreCommit2Phase.Run(
            request, options, PartialProgress.Of(progress, 0, treesPart), cancellationToken);
        TemporaryAux.Write(config.Shape, task.CachePath, task.RecordedCachePath ?? task.CachePath);
        if (task.Clear)
        {
            Clear(
                task, commD, result.CommR, PartialProgress.Of(progress, treesPart, 1 - treesPart), cancellationToken);
        }

        var output = PreCommitOutputs.PreCommit2(config, result.CommR, commD);
        return new PreCommit2Outcome(commD, result.CommC, result.CommRLast, result.CommR, output);
    }

    private void Clear(
        PreCommit2Task task,
        Bytes32 commD,
        Bytes32 commR,
        IProgress<PhaseProgress>? progress,
        CancellationToken cancellationToken)
    {
        var config = task.Sector.Config;
        if (config.Feature == PoRepFeature.Synthetic)
        {
            var ticket = task.Ticket ?? throw new ArgumentException(
                "a Synthetic sector can be cleared only with its ticket: give it");
            var inputs = InputsOf(task.Sector, ticket, seed: default, commD, commR);
            SyntheticProofsPhase.Run(
                config, inputs, task.CachePath, task.SealedPath, options, progress, cancellationToken);
        }

        SealCache.Clear(config.Shape, task.CachePath);
    }

    private Commit1Outcome Commit1(
        Commit1Task task, IProgress<PhaseProgress>? progress, CancellationToken cancellationToken)
    {
        var config = task.Sector.Config;
        var commD = task.CommD ?? CommitmentFiles.ReadCommD(config, task.CachePath);
        var commR = task.CommR ?? CommitmentFiles.ReadCommR(task.CachePath);
        var request = new Commit1Request
        {
            Config = config,
            Inputs = InputsOf(task.Sector, task.Ticket, task.Seed, commD, commR),
            CacheDirectory = task.CachePath,
            SealedPath = task.SealedPath,
            Form = task.Form ?? (config.RegisteredSealProof is null ? Commit1Form.Raw : Commit1Form.Api),
        };
        var temporary = task.OutputPath + ".tmp";
        try
        {
            return Commit1(task, request, temporary, progress, cancellationToken);
        }
        finally
        {
            // After a failure a full disk gets its room back, and nobody takes a part for a proof.
            File.Delete(temporary);
        }
    }

    private Commit1Outcome Commit1(
        Commit1Task task,
        Commit1Request request,
        string temporary,
        IProgress<PhaseProgress>? progress,
        CancellationToken cancellationToken)
    {
        uint[][] challenges;
        long size;
        string digest;
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            challenges = Commit1Phase.Run(request, file, options, progress, cancellationToken);
            file.Flush(flushToDisk: true);
            size = file.Position;
            file.Position = 0;
            digest = Convert.ToHexStringLower(SHA256.HashData(file));
        }

        File.Move(temporary, task.OutputPath, overwrite: true);
        var inputs = request.Inputs;
        return new Commit1Outcome(
            inputs.CommD, inputs.CommR, inputs.ReplicaId(request.Config), challenges, size, digest);
    }

    private static VerifyOutcome Verify(VerifyTask task, CancellationToken cancellationToken)
    {
        var config = task.Sector.Config;
        var inputs = InputsOf(task.Sector, task.Ticket, task.Seed, task.CommD, task.CommR);
        using var file = new FileStream(task.Commit1OutputPath, FileMode.Open, FileAccess.Read, FileShare.Read);
        var result = VanillaProofVerifier.Verify(config, inputs, file, cancellationToken);
        return new VerifyOutcome(result, inputs.ReplicaId(config), PoRepChallenges.All(config, inputs));
    }

    private static Bytes32 RequireTreeD(SectorShape shape, string path, Bytes32? expected)
    {
        using var tree = TreeDReader.Open(shape, path);
        return expected is null || expected == tree.Root
            ? tree.Root
            : throw new InvalidDataException(
                $"{path} has CommD {tree.Root}, but {expected} is expected: it is damaged or of another sector");
    }

    private static Bytes32 ReplicaIdOf(PhaseSector sector, Bytes32 ticket, Bytes32 commD) =>
        ReplicaId.Compute(sector.ProverId, sector.Number, ticket, commD, sector.Config.PoRepId);

    private static SealPublicInputs InputsOf(
        PhaseSector sector, Bytes32 ticket, Bytes32 seed, Bytes32 commD, Bytes32 commR) => new()
    {
        ProverId = sector.ProverId,
        Sector = sector.Number,
        Ticket = ticket,
        Seed = seed,
        CommD = commD,
        CommR = commR,
    };
}
