using System.Diagnostics;
using Federation.Proofs.Groth16;
using Federation.Proofs.Groth16.Parameters;
using Federation.Proofs.Post;

namespace Federation.Worker.Phases;

/// <summary>
/// What <c>worker phase wdp|wnp</c> does after its options are read: prints one object and returns a refusal or null.
/// </summary>
internal static class PostStep
{
    /// <summary>Proves, or with <c>--verify</c> verifies.</summary>
    public static Task<string?> RunAsync(
        PostKind kind, PhaseInput input, TextWriter output, CancellationToken cancellationToken)
    {
        var question = PostQuestion.Read(input, kind);
        return input.Value(input.Options.VerifyOnly)
            ? VerifyAsync(question, input, output, cancellationToken)
            : ProveAsync(question, input, output, cancellationToken);
    }

    private static async Task<string?> ProveAsync(
        PostQuestion question, PhaseInput input, TextWriter output, CancellationToken cancellationToken)
    {
        if (input.Value(input.Options.Proof) is not null)
        {
            throw new PhaseException(PhaseFault.InvalidInput, "--proof is to be verified: --verify is missing");
        }

        PostReplica[] replicas = [.. question.Sectors.Select(sector => sector.Replica())];
        var watch = Stopwatch.StartNew();
        var result = await new PhaseRunner(input.SealOptions())
            .PostVanillaAsync(question.Config, question.Randomness, replicas, null, cancellationToken);
        await output.WriteLineAsync(question.Report()
            .AddSectors(result.Statement, result.Proofs)
            .AddFaulty(result.Faulty)
            .Finish(watch.Elapsed));
        return result.Statement is null ? "no sector can be proved, all are faulty" : null;
    }

    private static async Task<string?> VerifyAsync(
        PostQuestion question, PhaseInput input, TextWriter output, CancellationToken cancellationToken)
    {
        var statement = question.Statement();
        var proofs = input.Proof();
        var key = await KeyAsync(question.Config, input);
        var watch = Stopwatch.StartNew();
        var refusal = await PhaseRunner.VerifyPostAsync(statement, proofs, key.Key, cancellationToken);
        var report = question.Report()
            .Add("Valid", json => json.WriteBooleanValue(refusal is null))
            .AddSectors(statement, [])
            .Add("Parameters", key.Origin.ToString());
        if (refusal is not null)
        {
            report.Add("Detail", refusal);
        }

        await output.WriteLineAsync(report.Finish(watch.Elapsed));
        return refusal is null ? null : $"the proof is refused: {refusal}";
    }

    // Whoever runs a phase by hand sees whose parameters these are: that they are a devnet's is no reason to refuse.
    private static async Task<CircuitKey> KeyAsync(PostConfig config, PhaseInput input)
    {
        var settings = input.Parameters();
        var key = CircuitKey.Read(settings.Cache, PostProofs.CircuitOf(config), settings.Policy(devnet: true));
        if (key.Origin == ParameterOrigin.TestParameters)
        {
            await input.Error.WriteLineAsync($"{key.Origin}: {key.Path}");
        }

        return key;
    }
}
