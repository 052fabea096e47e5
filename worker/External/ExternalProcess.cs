using System.Text.Json;
using Federation.Hosting.Units;
using Federation.Worker.Phases;
using Federation.Worker.Processor;
using Microsoft.Extensions.Logging;

namespace Federation.Worker.External;

/// <summary>
/// One process of a program: it is started, asked, and ended. Whatever it does or leaves undone, a question ends with
/// an answer or with one sentence that says what became of it. Thread-safe.
/// </summary>
internal sealed partial class ExternalProcess : IAsyncDisposable
{
    /// <summary>How long who cancels a task waits for the end of its killed process.</summary>
    private static readonly TimeSpan KillLimit = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a process may take to end by itself when its input has ended.</summary>
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(2);

    private readonly ExternalProgram _program;
    private readonly KeptProcess _kept;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ProcessorLineWriter _questions;
    private readonly StrayLines _stray;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, TaskCompletionSource<ProcessorAnswer>> _asked = [];
    private readonly Task _served;
    private ulong _lastId;
    private string _lastWords = "";
    private string? _reason;
    private string? _end;

    private ExternalProcess(ExternalProgram program, KeptProcess kept, TimeProvider time, ILogger logger)
    {
        (_program, _kept, _time, _logger) = (program, kept, time, logger);
        _questions = new ProcessorLineWriter(kept.Input);
        _stray = new StrayLines(line => Log.Stray(logger, program.Phase, kept.Id, line),
            () => Log.NoMoreStray(logger, program.Phase, kept.Id));
        _served = ServeAsync();
    }

    /// <summary>True when it answers no more.</summary>
    public bool HasEnded => Volatile.Read(ref _end) is not null;

    /// <summary>Starts one, and waits until it says that it is ready.</summary>
    /// <exception cref="PhaseException">It did not get there; why, in one sentence.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; it is ended.</exception>
    public static async Task<ExternalProcess> StartAsync(
        ExternalProgram program, IReadOnlyDictionary<string, string> environment, TimeProvider time, ILogger logger,
        CancellationToken cancellationToken)
    {
        ExternalProcess process;
        try
        {
            process = new ExternalProcess(
                program, await KeptProcess.StartAsync(program, environment), time, logger);
        }
        catch (IOException error)
        {
            throw Failure(program, $"cannot be started: {error.Message}");
        }

        try
        {
            await process._ready.Task.WaitAsync(program.StartTimeout, time, cancellationToken);
            Log.Ready(logger, program.Phase, process._kept.Id, program.Program);
            return process;
        }
        catch (TimeoutException)
        {
            await process.DisposeAsync();
            throw process.Failed(
                $"did not say \"{ProcessorLoop.ReadyLine(program.LineName)}\" within {Text(program.StartTimeout)}");
        }
        catch (Exception failure) when (failure is PhaseException or OperationCanceledException)
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks for one task.</summary>
    /// <exception cref="PhaseException">It was not answered; why, in one sentence.</exception>
    /// <exception cref="OperationCanceledException">Cancelled: the process has been ended.</exception>
    public async Task<ProcessorAnswer> AskAsync(JsonElement task, CancellationToken cancellationToken)
    {
        var (id, answer) = Register();
        using var late = new CancellationTokenSource(_program.Timeout, _time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            await Task.WhenAny(AskAsync(id, task, limit.Token), answer).WaitAsync(limit.Token);
            return await answer.WaitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            Interlocked.CompareExchange(
                ref _reason, "was ended: another task of it was cancelled or took too long", null);
            await KillAsync();
            cancellationToken.ThrowIfCancellationRequested();
            throw Failed($"gave no answer within {Text(_program.Timeout)} and was ended{_stray.Last}");
        }
        finally
        {
            lock (_gate)
            {
                _asked.Remove(id);
            }
        }
    }

    /// <summary>Ends it at once, if it has not ended.</summary>
    public async Task KillAsync()
    {
        _kept.Kill();
        await _served.WaitAsync(KillLimit, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Ends its input and then, if that does not end it, the process.</summary>
    public async Task CloseAsync()
    {
        if (!HasEnded)
        {
            _kept.Input.Close();
            await _served.WaitAsync(FarewellLimit, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await DisposeAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _kept.Dispose();
    }

    private (ulong Id, Task<ProcessorAnswer> Answer) Register()
    {
        lock (_gate)
        {
            if (_end is { } end)
            {
                throw new PhaseException(PhaseFault.Prover, end);
            }

            var answer = new TaskCompletionSource<ProcessorAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
            _asked.Add(++_lastId, answer);
            return (_lastId, answer.Task);
        }
    }

    private async Task AskAsync(ulong id, JsonElement task, CancellationToken cancellationToken)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(new ProcessorRequest(id, task), ProcessorJson.Options);
        try
        {
            await _questions.WriteAsync(line, cancellationToken);
        }
        catch (Exception unread) when (unread is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // It reads no more: that it has ended, and of what, is known when its last lines are read.
        }
    }

    private void End(PhaseException failure)
    {
        TaskCompletionSource<ProcessorAnswer>[] open;
        lock (_gate)
        {
            Volatile.Write(ref _end, failure.Message);
            open = [.. _asked.Values];
        }

        Log.Ended(_logger, failure.Message);
        _ready.TrySetException(failure);
        _ = _ready.Task.Exception;
        foreach (var asked in open)
        {
            asked.TrySetException(failure);
            // Who asked may have left meanwhile.
            _ = asked.Task.Exception;
        }
    }

    private PhaseException Failed(string what) => Failure(
        _program,
        what + (Volatile.Read(ref _lastWords) is { Length: > 0 } words ? $"; its last words: \"{words}\"" : ""));

    private static PhaseException Failure(ExternalProgram program, string what) =>
        new(PhaseFault.Prover, $"the program {program.Program} of {program.Phase} {what}");

    private static string Text(TimeSpan time) => GoDuration.Format(time);
}
