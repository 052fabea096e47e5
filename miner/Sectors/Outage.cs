using Microsoft.Extensions.Logging;

namespace Federation.Miner.Sectors;

/// <summary>
/// Something that many ask and that may be away for long: says how soon each is to ask again, and logs one warning when
/// it falls silent, one every 30 s while it stays so, and one line when it is back. Thread-safe.
/// </summary>
/// <param name="what">Its name at the beginning of a sentence: "the chain".</param>
/// <param name="time">The clock.</param>
/// <param name="random">From 0 to 1, so that those who wait do not ask in step.</param>
/// <param name="logger">The log.</param>
internal sealed partial class Outage(string what, TimeProvider time, Func<double> random, ILogger logger)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1), LongestWait = TimeSpan.FromSeconds(30),
        WarningInterval = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, (string Question, uint Tries)> _waiting = [];
    private long? _since, _warned;

    /// <summary>A question got no answer.</summary>
    /// <param name="asker">Who asked: a sector.</param>
    /// <param name="question">What was asked, as the warning shows it.</param>
    /// <param name="error">How it failed.</param>
    /// <returns>How long to wait before asking again: longer each time, at most 30 s.</returns>
    public TimeSpan Missed(ulong asker, string question, Exception error)
    {
        lock (_lock)
        {
            var tries = _waiting.TryGetValue(asker, out var last) && last.Question == question ? last.Tries + 1 : 1;
            _waiting[asker] = (question, tries);
            var now = time.GetTimestamp();
            _since ??= now;
            // Not once more within the interval even when it came back in between: it may come and go.
            if (_warned is not { } warned || time.GetElapsedTime(warned, now) >= WarningInterval)
            {
                _warned = now;
                LogSilent(what, question, _waiting.Count, error);
            }

            return RetryRule.Wait(FirstWait, LongestWait, tries, random());
        }
    }

    /// <summary>
    /// A question did not fail. Only one that failed before tells that it is back: another may have needed no answer.
    /// </summary>
    public void Answered(ulong asker, string question)
    {
        lock (_lock)
        {
            if (!_waiting.Remove(asker, out var last) || last.Question != question || _since is not { } since)
            {
                return;
            }

            _since = null;
            if (_warned >= since)
            {
                LogBack(what, time.GetElapsedTime(since).TotalSeconds);
            }
        }
    }

    [LoggerMessage(3002, LogLevel.Warning,
        "{What} gives no answer ({Question}, {Waiting} wait): it is asked again, less and less often up to 30 s")]
    private partial void LogSilent(string what, string question, int waiting, Exception error);

    [LoggerMessage(3005, LogLevel.Information, "{What} answers again, after {Seconds:0} s")]
    private partial void LogBack(string what, double seconds);
}
