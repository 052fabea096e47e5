using System.Security.Cryptography;
using Federation.Chain;
using Federation.Chain.Messages;
using Federation.Proofs;
using Federation.Proofs.Commit2;
using Federation.Proofs.Groth16;
using Federation.Proofs.Verification;

namespace Federation.Miner.Shelf;

/// <summary>Whether a file proves a statement, in full and from public inputs alone. Thread-safe.</summary>
internal sealed class ProofCheck(VerifyingKeys keys)
{
    private const string Changed = "the proof's file does not have its digest any more";

    /// <summary>Null when it does, otherwise why not.</summary>
    /// <exception cref="Sectors.ProofUnjudgedException">The verifying key cannot be read.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public string? Refusal(ProofStatement statement, string path, CancellationToken cancellationToken) =>
        !ProofKindText.TryParse(statement.ProofKind, out var kind)
            ? $"'{statement.ProofKind}' is no kind of proof that this miner can verify"
            : kind == ProofKind.Groth16 ? OfGroth16(statement, path) : OfVanilla(statement, path, cancellationToken);

    private string? OfGroth16(ProofStatement statement, string path)
    {
        if (BytesOf(statement.Config) is var size && new FileInfo(path).Length != size)
        {
            return $"the proof has {new FileInfo(path).Length} bytes, not {size}";
        }

        var proof = File.ReadAllBytes(path);
        var verifier = keys.Of(SealProofs.CircuitOf(statement.Config));
        return Convert.ToHexStringLower(SHA256.HashData(proof)) != statement.ProofSha256 ? Changed
            : SealProofs.TryVerify(statement.Config, InputsOf(statement), proof, verifier, out var reason) ? null
            : $"{reason}; worker and miner need parameters of one making";
    }

    /// <summary>Bytes of a Groth16 proof of a sector.</summary>
    public static long BytesOf(SealConfig config) => (long)config.Partitions * Groth16Proof.SizeBytes;

    private static string? OfVanilla(ProofStatement statement, string path, CancellationToken cancellationToken)
    {
        using var file = File.OpenRead(path);
        using var sha256 = SHA256.Create();
        using var hashed = new CryptoStream(file, sha256, CryptoStreamMode.Read);
        var result = VanillaProofVerifier.Verify(statement.Config, InputsOf(statement), hashed, cancellationToken);
        if (!result.IsValid)
        {
            return $"{result.Failure}: {result.Detail}";
        }

        hashed.CopyTo(Stream.Null);
        return Convert.ToHexStringLower(sha256.Hash!) == statement.ProofSha256 ? null : Changed;
    }

    private static SealPublicInputs InputsOf(ProofStatement statement) => new()
    {
        ProverId = ProverId.FromActorId(statement.Miner),
        Sector = statement.Sector,
        Ticket = statement.Ticket,
        Seed = statement.Seed,
        CommD = statement.CommD,
        CommR = statement.CommR,
    };
}
