using System.Text.Json;
using Federation.Proofs.Groth16;
using Federation.Proofs.Groth16.Parameters;
using Federation.Proofs.Post;
using Federation.Worker.Phases;

namespace Federation.Worker.Processor;

/// <summary>Runs the phases that lines ask for, with the proofs library. Thread-safe.</summary>
/// <param name="runner">Runs them.</param>
/// <param name="parameters">Parameters of those tasks that name no folder.</param>
/// <param name="testParameters">Told the file when a proof was made with test parameters.</param>
internal sealed class ProcessorPhases(
    PhaseRunner runner, ParameterSettings parameters, Action<string> testParameters)
{
    /// <summary>The phases that there are, as lines and commands name them.</summary>
    public static IReadOnlyList<string> Names { get; } = ["ap", "pc1", "pc2", "c1", "c2", "wdp", "wnp"];

    /// <summary>Runs a task of a phase and returns its output.</summary>
    /// <exception cref="JsonException">The task is not one of this phase.</exception>
    /// <exception cref="PhaseException">It failed.</exception>
    /// <exception cref="ArgumentException">It cannot be run.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<object> RunAsync(string phase, JsonElement task, CancellationToken cancellationToken) =>
        phase switch
        {
            "ap" => await runner.AddPieceAsync(Read<AddPieceTask>(task), null, cancellationToken),
            "pc1" => await runner.PreCommit1Async(Read<PreCommit1Task>(task), null, cancellationToken),
            "pc2" => await runner.PreCommit2Async(Read<PreCommit2Task>(task), null, cancellationToken),
            "c1" => await runner.Commit1Async(Read<Commit1Task>(task), null, cancellationToken),
            "c2" => await Commit2Async(Read<Commit2Order>(task), cancellationToken),
            "wdp" => await PostAsync(PostKind.Window, Read<PostOrder>(task), cancellationToken),
            "wnp" => await PostAsync(PostKind.Winning, Read<PostOrder>(task), cancellationToken),
            _ => throw new ArgumentException($"unknown phase {phase}"),
        };

    private static T Read<T>(JsonElement task)
        where T : class =>
        task.Deserialize<T>(ProcessorJson.Options) ?? throw new JsonException("the task is null");

    private async Task<Commit2Answer> Commit2Async(Commit2Order order, CancellationToken cancellationToken)
    {
        var outcome = await runner.Commit2Async(
            new Commit2Task
            {
                Sector = order.Sector,
                Ticket = order.Ticket,
                Seed = order.Seed,
                CommD = order.CommD,
                CommR = order.CommR,
                Commit1OutputPath = order.Commit1OutputPath,
                Parameters = CacheOf(order.ParametersPath),
                Policy = parameters.Policy(devnet: true),
            },
            null, cancellationToken);
        var details = outcome.Details!;
        Tell(details.Origin, details.ParametersPath);
        return new Commit2Answer(
            details.Inputs.CommD, details.Inputs.CommR, Convert.ToHexStringLower(outcome.Proof.Span));
    }

    private async Task<PostAnswer> PostAsync(PostKind kind, PostOrder order, CancellationToken cancellationToken)
    {
        PostReplica[] replicas = [.. order.Sectors.Select(sector => sector.ToPost())];
        var (config, cache, policy) = (
            order.Config(kind), CacheOf(order.ParametersPath), parameters.Policy(devnet: true));
        await PhaseRunner.RequireParametersAsync(config, cache, policy, cancellationToken);
        var vanilla = await runner.PostVanillaAsync(config, order.Randomness, replicas, null, cancellationToken);
        if (vanilla.Statement is not { } statement)
        {
            return new PostAnswer([], vanilla.Faulty);
        }

        var (proofs, origin, path) = await runner.ProvePostAsync(
            statement, vanilla.Proofs, cache, policy, null, cancellationToken);
        Tell(origin, path);
        return new PostAnswer(
            [.. proofs.Chunk(Groth16Proof.SizeBytes).Select(Convert.ToHexStringLower)], vanilla.Faulty);
    }

    private ParameterCache CacheOf(string? path) => path is null ? parameters.Cache : new ParameterCache(path);

    /// <summary>That they are a devnet's is no reason to refuse: who asked verifies with the key it trusts.</summary>
    private void Tell(ParameterOrigin origin, string path)
    {
        if (origin == ParameterOrigin.TestParameters)
        {
            testParameters(path);
        }
    }
}
