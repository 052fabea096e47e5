using System.Globalization;
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

    private readonly Lock _gate = new();
    private long _last = time.GetTimestamp();

    /// <inheritdoc/>
    public void Report(PhaseProgress value) => Report(value.Fraction, value.Stage + " ");

    /// <summary>Takes the part that is done.</summary>
    public void Report(double fraction) => Report(fraction, "");

    // Phases report from several threads.
    private void Report(double fraction, string stage)
    {
        lock (_gate)
        {
            if (time.GetElapsedTime(_last) >= Interval)
            {
                _last = time.GetTimestamp();
                error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{command}: {stage}{100 * fraction:0} %"));
            }
        }
    }
}
