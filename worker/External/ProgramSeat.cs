using System.Text.Json;
using Federation.Worker.Phases;
using Federation.Worker.Processor;
using Microsoft.Extensions.Logging;

namespace Federation.Worker.External;

/// <summary>
/// The place of one process: whenever one is needed there is one, unless it fails a few times in a row. Who fails is
/// started later and later, until one has answered. Thread-safe, but for <see cref="Tasks"/>.
/// </summary>
internal sealed partial class ProgramSeat(
    ExternalProgram program, IReadOnlyDictionary<string, string> environment, TimeProvider time, ILogger logger)
    : IAsyncDisposable
{
    /// <summary>Starts in a row that one task waits for.</summary>
    private const int Starts = 3;

    private const int MostDoublings = 16;

    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _gate = new(1);
    private ExternalProcess? _process;
    private ExternalProcess? _failed;
    private int _failures;

    /// <summary>Tasks that are here; the pool's.</summary>
    public int Tasks { get; set; }

    /// <summary>Has one task run.</summary>
    public async Task<ProcessorAnswer> AskAsync(JsonElement task, CancellationToken cancellationToken)
    {
        var process = await ReadyAsync(cancellationToken);
        try
        {
            var answer = await process.AskAsync(task, cancellationToken);
            Interlocked.Exchange(ref _failures, 0);
            return answer;
        }
        catch (PhaseException)
        {
            // One death fails all tasks of a process.
            if (Interlocked.Exchange(ref _failed, process) != process)
            {
                Interlocked.Increment(ref _failures);
            }

            throw;
        }
    }

    /// <summary>A process that is ready.</summary>
    /// <exception cref="PhaseException">None gets there.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<ExternalProcess> ReadyAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return _process is { HasEnded: false } running ? running : await StartAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Ends the process, if there is one.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            await process.CloseAsync();
        }

        _gate.Dispose();
    }

    private async Task<ExternalProcess> StartAsync(CancellationToken cancellationToken)
    {
        if (_process is { } ended)
        {
            await ended.DisposeAsync();
        }

        for (var start = 1; ; start++)
        {
            await Task.Delay(Delay(), time, cancellationToken);
            try
            {
                return _process = await ExternalProcess.StartAsync(
                    program, environment, time, logger, cancellationToken);
            }
            catch (PhaseException failure)
            {
                Interlocked.Increment(ref _failures);
                if (start == Starts)
                {
                    throw new PhaseException(failure.Fault, $"{failure.Message} ({Starts} starts in a row)", failure);
                }

                Log.Again(logger, failure.Message);
            }
        }
    }

    private TimeSpan Delay()
    {
        var failures = Volatile.Read(ref _failures);
        var delay = failures == 0 ? TimeSpan.Zero
            : program.RestartDelay * Math.Pow(2, Math.Min(failures - 1, MostDoublings));
        return delay < LongestDelay ? delay : LongestDelay;
    }

    private static partial class Log
    {
        [LoggerMessage(5410, LogLevel.Warning, "{Sentence}; it is started again")]
        public static partial void Again(ILogger logger, string sentence);
    }
}
