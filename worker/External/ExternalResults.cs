using System.Security.Cryptography;
using Federation.Proofs;
using Federation.Proofs.Challenges;
using Federation.Proofs.Pieces;
using Federation.Proofs.PreCommit1;
using Federation.Proofs.Trees;
using Federation.Proofs.Verification;
using Federation.Worker.Phases;

namespace Federation.Worker.External;

/// <summary>
/// Whether a program's result is what the task asked for, as far as that is told without doing its work again:
/// commitments that follow from the task are computed, files must be there whole, and a vanilla proof must hold. A
/// wrong result is a <see cref="PhaseException"/> of fault <see cref="PhaseFault.Prover"/>.
/// </summary>
internal static class ExternalResults
{
    /// <summary>AP: the pieces before are kept, and the sector's file has its size.</summary>
    public static void Check(AddPieceTask task, AddPieceOutcome outcome, CancellationToken cancellationToken)
    {
        var shape = task.Sector.Config.Shape;
        Require("AP", outcome.Pieces.SequenceEqual([.. task.ExistingPieces, outcome.Piece]),
            "its pieces are not those that were there and the new one");
        RequireEqual("AP", "CommD", CommDOf(outcome.Pieces, shape), outcome.CommD);
        RequireFile("AP", task.UnsealedPath, size => size > 0 && size <= shape.SectorSize);
    }

    /// <summary>PC1: the commitments follow from the task; labels spread over all layers are computed anew.</summary>
    public static void Check(PreCommit1Task task, PreCommit1Outcome outcome, CancellationToken cancellationToken)
    {
        var (config, sector) = (task.Sector.Config, task.Sector);
        var commD = DataCommitment.FromPieces(task.Pieces, config.Shape.SectorSize);
        var replicaId = ReplicaId.Compute(sector.ProverId, sector.Number, task.Ticket, commD, config.PoRepId);
        RequireEqual("PC1", "CommD", commD, outcome.CommD);
        RequireEqual("PC1", "the replica id", replicaId, outcome.ReplicaId);
        RequireEqual("PC1", "CommD of tree-d", commD, Of("PC1", () =>
        {
            using var tree = TreeDReader.Open(config.Shape, Path.Combine(task.CachePath, CacheFiles.TreeD));
            return tree.Root;
        }));
        Of("PC1", () =>
        {
            PreCommit1Phase.RequireLayers(config, replicaId, task.CachePath, cancellationToken);
            return true;
        });
    }

    /// <summary>PC2: the three roots belong together and are those of the files.</summary>
    public static void Check(PreCommit2Task task, PreCommit2Outcome outcome, CancellationToken cancellationToken)
    {
        var shape = task.Sector.Config.Shape;
        if (task.CommD is { } commD)
        {
            RequireEqual("PC2", "CommD", commD, outcome.CommD);
        }

        var roots = Of("PC2", () => PersistentAux.Read(task.CachePath));
        RequireEqual("PC2", "CommC of p_aux", roots.CommC, outcome.CommC);
        RequireEqual("PC2", "CommRLast of p_aux", roots.CommRLast, outcome.CommRLast);
        RequireEqual("PC2", "CommR of p_aux", Of("PC2", () => roots.CommR()), outcome.CommR);
        RequireFile("PC2", task.SealedPath, size => size == shape.SectorSize);
        RequireFile("PC2", Path.Combine(task.CachePath, CacheFiles.TAux), size => size > 0);
        for (var tree = 0; tree < shape.BaseTreeCount; tree++)
        {
            RequireFile("PC2", Path.Combine(task.CachePath, CacheFiles.TreeRLast(shape, tree)), size => size > 0);
        }
    }

    /// <summary>C1: the proof in the file holds for the task.</summary>
    public static void Check(Commit1Task task, Commit1Outcome outcome, CancellationToken cancellationToken)
    {
        var (config, sector) = (task.Sector.Config, task.Sector);
        var commD = task.CommD ?? CommitmentFiles.ReadCommD(config, task.CachePath);
        var commR = task.CommR ?? CommitmentFiles.ReadCommR(task.CachePath);
        RequireEqual("C1", "CommD", commD, outcome.CommD);
        RequireEqual("C1", "CommR", commR, outcome.CommR);
        var inputs = new SealPublicInputs
        {
            ProverId = sector.ProverId,
            Sector = sector.Number,
            Ticket = task.Ticket,
            Seed = task.Seed,
            CommD = commD,
            CommR = commR,
        };
        RequireEqual("C1", "the replica id", inputs.ReplicaId(config), outcome.ReplicaId);
        var challenges = PoRepChallenges.All(config, inputs);
        Require("C1", challenges.Length == outcome.Challenges.Count
            && challenges.Zip(outcome.Challenges).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second)),
            "its challenges are not those of the seed");
        RequireFile("C1", task.OutputPath, size => size == outcome.OutputBytes);
        using var file = new FileStream(task.OutputPath, FileMode.Open, FileAccess.Read, FileShare.Read);
        Require("C1", Convert.ToHexStringLower(SHA256.HashData(file)) == outcome.OutputSha256,
            $"the SHA-256 of {task.OutputPath} is another");
        file.Position = 0;
        var verified = VanillaProofVerifier.Verify(config, inputs, file, cancellationToken);
        Require("C1", verified.IsValid, $"its proof does not hold: {verified.Detail}");
    }

    /// <summary>Fails unless a program's value is the right one.</summary>
    public static void RequireEqual(string phase, string name, Bytes32 expected, Bytes32 found) =>
        Require(phase, expected == found, $"{name} is {expected}, and it says {found}");

    /// <summary>Fails unless something holds of a program's result.</summary>
    public static void Require(string phase, bool holds, string otherwise)
    {
        if (!holds)
        {
            throw Wrong(phase, otherwise);
        }
    }

    private static Bytes32 CommDOf(IEnumerable<PieceInfo> pieces, SectorShape shape) =>
        Of("AP", () => DataCommitment.FromPieces(pieces, shape.SectorSize));

    private static void RequireFile(string phase, string path, Func<long, bool> isSize)
    {
        var file = new FileInfo(path);
        Require(phase, file.Exists, $"file {path} is missing");
        Require(phase, isSize(file.Length), $"file {path} has {file.Length} bytes, which is not its size");
    }

    /// <summary>A file of the program's that is missing or damaged is the program's fault, not the task's.</summary>
    private static T Of<T>(string phase, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception wrong) when (
            wrong is FileNotFoundException or DirectoryNotFoundException or InvalidDataException
            or FormatException or ArgumentException)
        {
            throw Wrong(phase, wrong.Message);
        }
    }

    private static PhaseException Wrong(string phase, string what) => new(
        PhaseFault.Prover, $"the program of {phase} gave a wrong result: {what}");
}
