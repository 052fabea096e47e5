using Federation.Proofs;
using Federation.Proto.Gates;

namespace Federation.Worker.Tasks;

/// <summary>
/// Turns what a phase reports into what the agent is told now and then: how far it is, how fast it goes and how long
/// it will take. Speed is that of the last minutes, so that a phase which took up half of its work from before a crash
/// promises nothing wrong. Thread-safe.
/// </summary>
internal sealed class ProgressMeter(TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2), Window = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly Queue<(long At, double Fraction)> _told = new();

    private long? _last;

    /// <summary>What to tell; null when the last word is too recent.</summary>
    public TaskProgress? Take(string taskId, PhaseProgress progress)
    {
        var now = time.GetTimestamp();
        var fraction = double.IsFinite(progress.Fraction) ? Math.Clamp(progress.Fraction, 0, 1) : 0;
        lock (_gate)
        {
            if (_last is { } last && time.GetElapsedTime(last, now) < Interval)
            {
                return null;
            }

            _last = now;
            _told.Enqueue((now, fraction));
            while (time.GetElapsedTime(_told.Peek().At, now) > Window)
            {
                _told.Dequeue();
            }

            var perSecond = PerSecond(now, fraction);
            return new TaskProgress
            {
                TaskId = taskId,
                Stage = progress.Stage,
                Fraction = fraction,
                PerSecond = perSecond,
                RemainingSeconds = perSecond > 0 ? (1 - fraction) / perSecond : 0,
            };
        }
    }

    private double PerSecond(long now, double fraction)
    {
        var (at, before) = _told.Peek();
        var seconds = time.GetElapsedTime(at, now).TotalSeconds;
        return seconds > 0 && fraction > before ? (fraction - before) / seconds : 0;
    }
}
