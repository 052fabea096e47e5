using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Federation.Hosting.Logging;

/// <summary>
/// Writes each event as one line: UTC time, level, category, message, each parted by a tab, then the exception.
/// </summary>
internal sealed class LineLoggerProvider(TextWriter writer, TimeProvider time) : ILoggerProvider
{
    private readonly Lock _lock = new();

    public ILogger CreateLogger(string categoryName) => new LineLogger(this, categoryName);

    public void Dispose()
    {
        lock (_lock)
        {
            writer.Flush();
        }
    }

    internal void Write(LogLevel level, string category, string message, Exception? exception)
    {
        var cause = exception is null ? "" : "\t" + LogText.OneLine(exception.ToString());
        var at = time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        var line = $"{at}\t{LogText.NameOf(level)}\t{category}\t{LogText.OneLine(message)}{cause}";
        lock (_lock)
        {
            writer.WriteLine(line);
        }
    }

    private sealed class LineLogger(LineLoggerProvider provider, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                provider.Write(logLevel, category, formatter(state, exception), exception);
            }
        }
    }
}
