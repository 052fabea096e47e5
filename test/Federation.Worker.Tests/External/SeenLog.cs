using System.Collections.Concurrent;
using Federation.Worker.External;
using Microsoft.Extensions.Logging;

namespace Federation.Worker.Tests.External;

/// <summary>Keeps what is logged, so that a test can wait for it. Thread-safe.</summary>
internal sealed class SeenLog : ILogger<ExternalPhaseRunner>
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter) => _lines.Enqueue(formatter(state, exception));

    /// <summary>Ends once a line with these words is there.</summary>
    public Task<string> WithAsync(string words) =>
        Programs.EventuallyAsync(() => _lines.FirstOrDefault(line => line.Contains(words, StringComparison.Ordinal)));
}
