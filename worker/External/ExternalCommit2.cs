using Federation.Proofs;
using Federation.Proofs.Commit2;
using Federation.Proofs.Groth16;
using Federation.Proofs.Verification;
using Federation.Worker.Phases;
using Federation.Worker.Processor;

namespace Federation.Worker.External;

/// <summary>
/// What surrounds a C2 that a program runs: it is asked only about a C1 output that holds, and its proof counts only
/// when the verifying key accepts it.
/// </summary>
internal static class ExternalCommit2
{
    private const string Phase = "C2";

    /// <summary>The line's task.</summary>
    public static Commit2Order OrderOf(Commit2Task task) => new()
    {
        Sector = task.Sector,
        Ticket = task.Ticket,
        Seed = task.Seed,
        CommD = task.CommD,
        CommR = task.CommR,
        Commit1OutputPath = task.Commit1OutputPath,
        ParametersPath = task.Parameters.Directory,
    };

    /// <summary>Finds the verifying key, and verifies C1's output where the task says whose it is.</summary>
    /// <exception cref="InvalidDataException">The output does not hold.</exception>
    public static CircuitKey Prepare(Commit2Task task, CancellationToken cancellationToken)
    {
        var config = task.Sector.Config;
        var key = CircuitKey.Read(task.Parameters, SealProofs.CircuitOf(config), task.Policy);
        if (task is { CommD: { } commD, CommR: { } commR })
        {
            using var file = new FileStream(task.Commit1OutputPath, FileMode.Open, FileAccess.Read, FileShare.Read);
            var verified = VanillaProofVerifier.Verify(config, InputsOf(task, commD, commR), file, cancellationToken);
            return verified.IsValid ? key : throw new InvalidDataException(
                $"the C1 output {task.Commit1OutputPath} does not hold for this sector: {verified.Detail}");
        }

        return key;
    }

    /// <summary>The proof, once it is verified.</summary>
    /// <exception cref="PhaseException">It is none, or does not hold.</exception>
    public static Commit2Outcome Check(
        Commit2Task task, Commit2Answer answer, CircuitKey key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ExternalResults.RequireEqual(Phase, "CommD", task.CommD ?? answer.CommD, answer.CommD);
        ExternalResults.RequireEqual(Phase, "CommR", task.CommR ?? answer.CommR, answer.CommR);
        var isHex = answer.Proof.Length % 2 == 0 && answer.Proof.All(char.IsAsciiHexDigit);
        ExternalResults.Require(Phase, isHex, "its proof is not hexadecimal digits");
        var proof = Convert.FromHexString(answer.Proof);
        var holds = SealProofs.TryVerify(
            task.Sector.Config, InputsOf(task, answer.CommD, answer.CommR), proof, new Groth16Verifier(key.Key),
            out var reason);
        ExternalResults.Require(Phase, holds, reason ?? "");
        return new Commit2Outcome(proof, null);
    }

    private static SealPublicInputs InputsOf(Commit2Task task, Bytes32 commD, Bytes32 commR) => new()
    {
        ProverId = task.Sector.ProverId,
        Sector = task.Sector.Number,
        Ticket = task.Ticket,
        Seed = task.Seed,
        CommD = commD,
        CommR = commR,
    };
}
