using System.Text.Json;
using Federation.Hosting.Config;
using Federation.Proofs;
using Federation.Worker.Phases;
using Federation.Worker.Processor;
using Microsoft.Extensions.Logging;

namespace Federation.Worker.External;

/// <summary>
/// Runs phases in programs of the operator's where the configuration says so, and the others as another runner does.
/// What a program made is checked before it counts. Lanes are of this process: a program labels each sector on its
/// own. Thread-safe.
/// </summary>
public sealed class ExternalPhaseRunner : IPhaseRunner, IAsyncDisposable
{
    private readonly IPhaseRunner _inner;
    private readonly Dictionary<string, ProgramPool> _pools;
    private readonly ExternalConfig _config;

    /// <param name="inner">Runs the other phases.</param>
    /// <param name="config">Which phases run where.</param>
    /// <param name="time">The clock of all limits.</param>
    /// <param name="logger">The log, which has the programs' standard error too.</param>
    public ExternalPhaseRunner(
        IPhaseRunner inner, ExternalConfig config, TimeProvider time, ILogger<ExternalPhaseRunner> logger)
    {
        ArgumentNullException.ThrowIfNull(config);
        (_inner, _config) = (inner, config);
        var environment = ConfigLoader.ProcessEnvironment();
        _pools = config.Programs.ToDictionary(
            pair => pair.Key,
            pair => new ProgramPool(
                pair.Value, ProgramEnvironment.Of(environment, pair.Value.Variables), time, logger),
            StringComparer.Ordinal);
    }

    /// <summary>Starts all programs, so that one that cannot run is known before work is taken for it.</summary>
    /// <exception cref="PhaseException">One does not get ready; why, in one sentence.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task StartAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_pools.Values.Select(pool => pool.StartAsync(cancellationToken)));

    /// <inheritdoc/>
    public Task<AddPieceOutcome> AddPieceAsync(
        AddPieceTask task, IProgress<PhaseProgress>? progress, CancellationToken cancellationToken) =>
        RunAsync("AP", task, progress, _inner.AddPieceAsync, ExternalResults.Check, cancellationToken);

    /// <inheritdoc/>
    public Task<PreCommit1Outcome> PreCommit1Async(
        PreCommit1Task task, IProgress<PhaseProgress>? progress, CancellationToken cancellationToken) =>
        RunAsync("PC1", task, progress, _inner.PreCommit1Async, ExternalResults.Check, cancellationToken);

    /// <inheritdoc/>
    public Task<PreCommit2Outcome> PreCommit2Async(
        PreCommit2Task task, IProgress<PhaseProgress>? progress, CancellationToken cancellationToken) =>
        RunAsync("PC2", task, progress, _inner.PreCommit2Async, ExternalResults.Check, cancellationToken);

    /// <inheritdoc/>
    public Task<Commit1Outcome> Commit1Async(
        Commit1Task task, IProgress<PhaseProgress>? progress, CancellationToken cancellationToken) =>
        RunAsync("C1", task, progress, _inner.Commit1Async, ExternalResults.Check, cancellationToken);

    /// <inheritdoc/>
    public async Task<Commit2Outcome> Commit2Async(
        Commit2Task task, IProgress<PhaseProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (!_pools.ContainsKey("C2"))
        {
            return await _inner.Commit2Async(task, progress, cancellationToken);
        }

        var key = await PhaseRunner.RunAsync(
            () => ExternalCommit2.Prepare(task, cancellationToken), cancellationToken);
        var answer = await AskAsync<Commit2Order, Commit2Answer>(
            "C2", ExternalCommit2.OrderOf(task), progress, cancellationToken);
        return await PhaseRunner.RunAsync(
            () => ExternalCommit2.Check(task, answer, key, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<VerifyOutcome> VerifyAsync(VerifyTask task, CancellationToken cancellationToken) =>
        _inner.VerifyAsync(task, cancellationToken);

    /// <summary>Ends all programs.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var pool in _pools.Values)
        {
            await pool.DisposeAsync();
        }
    }

    private async Task<TOutcome> RunAsync<TTask, TOutcome>(
        string phase,
        TTask task,
        IProgress<PhaseProgress>? progress,
        Func<TTask, IProgress<PhaseProgress>?, CancellationToken, Task<TOutcome>> inner,
        Action<TTask, TOutcome, CancellationToken> check,
        CancellationToken cancellationToken)
    {
        if (!_pools.ContainsKey(phase))
        {
            return await inner(task, progress, cancellationToken);
        }

        var outcome = await AskAsync<TTask, TOutcome>(phase, task, progress, cancellationToken);
        return await PhaseRunner.RunAsync(
            () =>
            {
                check(task, outcome, cancellationToken);
                return outcome;
            },
            cancellationToken);
    }

    private async Task<TAnswer> AskAsync<TTask, TAnswer>(
        string phase, TTask task, IProgress<PhaseProgress>? progress, CancellationToken cancellationToken)
    {
        progress?.Report(new PhaseProgress("external", 0));
        var answer = await _pools[phase].AskAsync(
            JsonSerializer.SerializeToElement(task, ProcessorJson.Options), cancellationToken);
        var output = OutputOf<TAnswer>(phase, answer);
        progress?.Report(new PhaseProgress("external", 1));
        return output;
    }

    private T OutputOf<T>(string phase, ProcessorAnswer answer)
    {
        if (answer.ErrMsg is { } sentence)
        {
            throw new PhaseException(
                ProcessorFaults.Read(answer.Fault),
                sentence.Length > 0 ? StrayLines.Shown(System.Text.Encoding.UTF8.GetBytes(sentence))
                    : $"the program {_config.Programs[phase].Program} of {phase} failed without a word");
        }

        try
        {
            return (answer.Output ?? throw new JsonException("there is none"))
                .Deserialize<T>(ProcessorJson.Options) ?? throw new JsonException("it is null");
        }
        catch (JsonException wrong)
        {
            throw new PhaseException(
                PhaseFault.Prover,
                $"the program {_config.Programs[phase].Program} of {phase} gave an output that is none: "
                + TaskFault.Of(wrong),
                wrong);
        }
    }
}
