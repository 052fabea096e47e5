using Federation.Bench.Figures;

namespace Federation.Bench.Measuring;

/// <summary>
/// The reference's runs within one round of a figure: before a short one, and in the pauses of a long one, which do not
/// count for it. Their value is that of all of them together, as the figure's is: what disturbs the machine weighs on
/// both sides alike.
/// </summary>
/// <param name="reference">What runs; null for none.</param>
/// <param name="own">How the reference's time is taken.</param>
/// <param name="figures">How the figure's time is taken.</param>
internal sealed class ReferenceRuns(IFigure? reference, Stretch own, Stretch figures)
{
    private double _operations, _seconds;

    /// <summary>Seconds of the figure's time that the runs took since the round began.</summary>
    public double Taken { get; private set; }

    /// <summary>In the reference's unit; null without a reference.</summary>
    public double? Value => reference is null ? null
        : _seconds > 0 ? reference.Unit.ValueOf(_operations, _seconds)
        : throw new InvalidOperationException($"{reference.Name} did not run: a long figure has to pause for it");

    /// <summary>Forgets the round before.</summary>
    public void Begin() => (_operations, _seconds, Taken) = (0, 0, 0);

    /// <summary>Runs it some times.</summary>
    public void Run(int times, CancellationToken cancellationToken)
    {
        if (reference is not null)
        {
            Taken += figures.Of(() => RunAll(reference, times, cancellationToken)).Seconds;
        }
    }

    private double RunAll(IFigure running, int times, CancellationToken cancellationToken)
    {
        for (var i = 0; i < times; i++)
        {
            var (operations, seconds) = own.Of(() => running.Run(cancellationToken));
            (_operations, _seconds) = (_operations + operations, _seconds + seconds);
        }

        return times;
    }
}
