using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace Federation.Testing;

/// <summary>Keeps what is logged. Safe to call from many threads.</summary>
internal sealed class RecordingLog : ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text, Exception? Exception)> _lines = new();

    /// <summary>What has been logged up to now, oldest first.</summary>
    public ImmutableArray<(LogLevel Level, string Text, Exception? Exception)> Lines => [.. _lines];

    /// <summary>The same for a host's components.</summary>
    public ILoggerProvider ForAll() => new Provider(this);

    /// <summary>The same as a component's own.</summary>
    public ILogger<T> For<T>() => new LoggerFactory([ForAll()]).CreateLogger<T>();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((logLevel, formatter(state, exception), exception));

    private sealed class Provider(ILogger log) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => log;

        public void Dispose()
        {
        }
    }
}
