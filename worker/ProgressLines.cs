using System.Globalization;
using Federation.Hosting.Units;
using Federation.Proofs;

namespace Federation.Worker;

/// <summary>
/// Says on standard error how far a command is, for whoever waits: a line now and then, none for what is soon done.
/// </summary>
/// <param name="error">Where lines go.</param>
/// <param name="command">What is run, as typed: <c>worker phase wdp</c>.</param>
/// <param name="time">Tells how long the last line is ago.</param>
internal sealed class ProgressLines(TextWriter error, string command, TimeProvider time) : IProgress<PhaseProgress>
{
    /// <summary>Time between two lines, and before the first.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    // Nobody believes in more than a hundred days; a phase that stands still has none.
    private const double MostSeconds = 100 * 86_400;

    private readonly Lock _gate = new();
    private long _last = time.GetTimestamp();
    private (long At, double Fraction)? _first;

    /// <summary>Takes the stage and the part that is done; a line also tells how long the rest will take.</summary>
    public void Report(PhaseProgress value)
    {
        // Phases report from several threads.
        lock (_gate)
        {
            _first ??= (time.GetTimestamp(), value.Fraction);
            Write($"{value.Stage} ", value.Fraction, Left(value.Fraction));
        }
    }

    /// <summary>Takes the part that is done.</summary>
    public void Report(double fraction)
    {
        lock (_gate)
        {
            Write("", fraction, "");
        }
    }

    private void Write(string stage, double fraction, string left)
    {
        if (time.GetElapsedTime(_last) >= Interval)
        {
            _last = time.GetTimestamp();
            error.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{command}: {stage}{100 * fraction:0} %{left}"));
        }
    }

    // At the speed since the first report: what an earlier run had done already counts for nothing.
    private string Left(double fraction)
    {
        var (at, before) = _first!.Value;
        var seconds = time.GetElapsedTime(at).TotalSeconds * (1 - fraction) / (fraction - before);
        return double.IsFinite(seconds) && seconds is >= 0 and < MostSeconds
            ? $", {GoDuration.Format(TimeSpan.FromSeconds(Math.Round(seconds)))} left"
            : "";
    }
}
