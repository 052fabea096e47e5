using System.Text.Json;
using Federation.Worker.Phases;
using Federation.Worker.Processor;
using Microsoft.Extensions.Logging;

namespace Federation.Worker.External;

/// <summary>
/// The processes of one phase's program. A task waits for a free place, not longer than it is wanted; a process that
/// has ended is started again for the next task. Thread-safe.
/// </summary>
internal sealed class ProgramPool : IAsyncDisposable
{
    private readonly SemaphoreSlim _places;
    private readonly ProgramSeat[] _seats;
    private readonly Lock _gate = new();

    /// <param name="program">The program.</param>
    /// <param name="environment">All variables that it sees.</param>
    /// <param name="time">The clock of its limits.</param>
    /// <param name="logger">The log, its standard error included.</param>
    public ProgramPool(
        ExternalProgram program, IReadOnlyDictionary<string, string> environment, TimeProvider time, ILogger logger)
    {
        _places = new SemaphoreSlim(program.Capacity);
        _seats = [.. Enumerable.Range(0, program.Processes)
            .Select(_ => new ProgramSeat(program, environment, time, logger))];
    }

    /// <summary>Starts all processes.</summary>
    /// <exception cref="PhaseException">One does not get ready.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task StartAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_seats.Select(seat => seat.ReadyAsync(cancellationToken)));

    /// <summary>Has one task run.</summary>
    /// <exception cref="PhaseException">It failed, or the program did.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing of it runs any more.</exception>
    public async Task<ProcessorAnswer> AskAsync(JsonElement task, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        var seat = Take();
        try
        {
            return await seat.AskAsync(task, cancellationToken);
        }
        finally
        {
            Leave(seat);
            _places.Release();
        }
    }

    /// <summary>Ends all processes; those that work are not waited for.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_seats.Select(seat => seat.DisposeAsync().AsTask()));
        _places.Dispose();
    }

    private ProgramSeat Take()
    {
        lock (_gate)
        {
            var seat = _seats.MinBy(each => each.Tasks)!;
            seat.Tasks++;
            return seat;
        }
    }

    private void Leave(ProgramSeat seat)
    {
        lock (_gate)
        {
            seat.Tasks--;
        }
    }
}
