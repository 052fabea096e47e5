using System.Diagnostics;
using Federation.Proofs.Groth16;
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
        var proves = !input.Value(input.Options.Vanilla);
        var wants = proves && await LacksParametersAsync(question, input, cancellationToken);
        var runner = new PhaseRunner(input.SealOptions());
        var vanilla = await runner.PostVanillaAsync(
            question.Config, question.Randomness, replicas, input.Progress, cancellationToken);
        var report = question.Report().AddSectors(vanilla.Statement, vanilla.Proofs).AddFaulty(vanilla.Faulty);
        var refusal = vanilla.Statement is null ? "no sector can be proved, all are faulty"
            : wants ? "the sectors were opened, but not proved for want of parameters"
            : null;
        try
        {
            if (vanilla.Statement is { } statement && proves && !wants)
            {
                await AddProofsAsync(report, runner, statement, vanilla.Proofs, input, cancellationToken);
            }
        }
        finally
        {
            // The faulty sectors are known, whatever became of the proofs.
            await output.WriteLineAsync(report.Finish(watch.Elapsed));
        }

        return refusal;
    }

    // Opening hundreds of sectors takes long: what will be missing then is said before.
    private static async Task<bool> LacksParametersAsync(
        PostQuestion question, PhaseInput input, CancellationToken cancellationToken)
    {
        var settings = input.Parameters();
        try
        {
            await PhaseRunner.RequireParametersAsync(
                question.Config, settings.Cache, settings.Policy(devnet: true), cancellationToken);
            return false;
        }
        catch (PhaseException lack)
        {
            var phase = question.Config.Kind == PostKind.Window ? "wdp" : "wnp";
            await PhaseCommand.WriteFailureAsync(phase, lack, input.Error);
            return true;
        }
    }

    private static async Task AddProofsAsync(
        PhaseReport report,
        PhaseRunner runner,
        PostStatement statement,
        IReadOnlyList<PostVanillaProof> vanilla,
        PhaseInput input,
        CancellationToken cancellationToken)
    {
        var settings = input.Parameters();
        var (proofs, origin, path) = await runner.ProvePostAsync(
            statement, vanilla, settings.Cache, settings.Policy(devnet: true), input.Progress, cancellationToken);
        await ParameterOriginReport.WarnAsync(input, origin, path);
        report.AddProofs(proofs).Add("Parameters", origin.ToString());
    }

    private static async Task<string?> VerifyAsync(
        PostQuestion question, PhaseInput input, TextWriter output, CancellationToken cancellationToken)
    {
        var statement = question.Statement();
        var proofs = input.Proof();
        var settings = input.Parameters();
        var key = CircuitKey.Read(
            settings.Cache, PostProofs.CircuitOf(question.Config), settings.Policy(devnet: true));
        await ParameterOriginReport.WarnAsync(input, key.Origin, key.Path);
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
}
