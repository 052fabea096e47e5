using Federation.Proofs;

namespace Federation.Worker.Tasks;

/// <summary>
/// Makes phases last longer without using the CPU: what rehearsals of long phases ask for with --stretch. Empty in
/// earnest.
/// </summary>
public sealed class Stretch(IReadOnlyDictionary<string, TimeSpan> times, TimeProvider time)
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    /// <summary>Waits as long as the phase is stretched by.</summary>
    public async Task WaitAsync(string phase, IProgress<PhaseProgress> progress, CancellationToken cancellationToken)
    {
        if (!times.TryGetValue(phase, out var wait))
        {
            return;
        }

        var started = time.GetTimestamp();
        while (time.GetElapsedTime(started) is var passed && passed < wait)
        {
            progress.Report(new PhaseProgress("stretched", passed / wait));
            var left = wait - passed;
            await Task.Delay(left < Step ? left : Step, time, cancellationToken);
        }
    }
}
