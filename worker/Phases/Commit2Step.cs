using System.Diagnostics;
using System.Text.Json;
using Federation.Proofs;
using Federation.Proofs.Challenges;
using Federation.Proofs.Commit2;
using Federation.Proofs.Commitments;
using Federation.Proofs.Groth16;

namespace Federation.Worker.Phases;

/// <summary>
/// What <c>worker phase c2</c> and <c>verify --proof</c> do after their options are read: print one object and return
/// a refusal or null.
/// </summary>
internal static class Commit2Step
{
    /// <summary>Proves.</summary>
    public static async Task<string?> ProveAsync(
        PhaseInput input, TextWriter output, CancellationToken cancellationToken)
    {
        var sector = input.Sector();
        var settings = input.Parameters();
        var task = new Commit2Task
        {
            Sector = sector,
            Ticket = input.Hex(input.Options.Ticket),
            Seed = input.Hex(input.Options.Seed),
            CommD = input.OptionalCommitment(input.Options.CommD, CommitmentKind.Unsealed)
                ?? PhaseSteps.CommDOfPieces(input, sector),
            CommR = input.OptionalCommitment(input.Options.CommR, CommitmentKind.Sealed),
            Commit1OutputPath = input.Text(input.Options.Commit1Output),
            Parameters = settings.Cache,
            Policy = settings.Policy(devnet: true),
        };
        var watch = Stopwatch.StartNew();
        var outcome = await new PhaseRunner(input.SealOptions()).Commit2Async(task, input.Progress, cancellationToken);
        var elapsed = watch.Elapsed;
        var result = outcome.Details ?? throw new UnreachableException("This library tells how it made a proof.");
        await ParameterOriginReport.WarnAsync(input, result.Origin, result.ParametersPath);
        await output.WriteLineAsync(Report(sector.Config, result.Inputs)
            .Add("Proof", Convert.ToHexStringLower(result.Proof.Span))
            .Add("Parameters", result.Origin.ToString())
            .Add("Times", json => Write(json, result.Times))
            .AddFiles([task.Commit1OutputPath], cancellationToken)
            .Finish(elapsed));
        return null;
    }

    /// <summary>Verifies a proof.</summary>
    public static async Task<string?> VerifyAsync(
        PhaseInput input, TextWriter output, CancellationToken cancellationToken)
    {
        if (input.Value(input.Options.Commit1Output) is not null)
        {
            throw new PhaseException(PhaseFault.InvalidInput, "--c1out and --proof exclude each other");
        }

        var sector = input.Sector();
        var inputs = new SealPublicInputs
        {
            ProverId = sector.ProverId,
            Sector = sector.Number,
            Ticket = input.Hex(input.Options.Ticket),
            Seed = input.Hex(input.Options.Seed),
            CommD = input.CommitmentOf(input.Options.CommD, CommitmentKind.Unsealed),
            CommR = input.CommitmentOf(input.Options.CommR, CommitmentKind.Sealed),
        };
        var proof = input.Proof();
        var settings = input.Parameters();
        var key = CircuitKey.Read(settings.Cache, SealProofs.CircuitOf(sector.Config), settings.Policy(devnet: true));
        await ParameterOriginReport.WarnAsync(input, key.Origin, key.Path);
        var watch = Stopwatch.StartNew();
        var refusal = await PhaseRunner.VerifySealAsync(sector.Config, inputs, proof, key.Key, cancellationToken);
        var report = Report(sector.Config, inputs)
            .Add("Valid", json => json.WriteBooleanValue(refusal is null))
            .Add("Parameters", key.Origin.ToString());
        if (refusal is not null)
        {
            report.Add("Detail", refusal);
        }

        await output.WriteLineAsync(report.Finish(watch.Elapsed));
        return refusal is null ? null : $"the proof is refused: {refusal}";
    }

    private static PhaseReport Report(SealConfig config, SealPublicInputs inputs) => new PhaseReport()
        .Add("CommD", Commitment.Unsealed(inputs.CommD))
        .Add("CommR", Commitment.Sealed(inputs.CommR))
        .Add("ReplicaID", inputs.ReplicaId(config))
        .AddChallenges(PoRepChallenges.All(config, inputs));

    private static void Write(Utf8JsonWriter json, Commit2Times times)
    {
        json.WriteStartObject();
        foreach (var (name, time) in new[]
        {
            ("Check", times.Check), ("Witness", times.Witness), ("Prove", times.Prove), ("Verify", times.Verify),
        })
        {
            json.WriteNumber(name, Math.Round(time.TotalSeconds, 3));
        }

        json.WriteEndObject();
    }
}
