using System.Diagnostics;
using System.Globalization;
using Federation.Bench.Figures;

namespace Federation.Bench.Measuring;

/// <summary>Measures one figure in turn with its reference.</summary>
/// <param name="settings">How long, and by which clock.</param>
/// <param name="progress">Takes a line for whoever waits.</param>
internal sealed class FigureRunner(RunSettings settings, Action<string> progress)
{
    private const int LeastRounds = 3, ReferenceRunsInPause = 8;

    /// <summary>Prepares, warms up and measures.</summary>
    /// <param name="figure">The figure; the caller disposes of it.</param>
    /// <param name="reference">What it is compared with; null for none.</param>
    /// <param name="folder">For the figure's files.</param>
    /// <param name="cancellationToken">Ends it between two rounds, or within a long one.</param>
    public FigureResult Measure(
        IFigure figure, IFigure? reference, string folder, CancellationToken cancellationToken)
    {
        var cores = Math.Min(figure.Cores, ProcessorLimit.Available);
        using var limit = ProcessorLimit.Set(cores);
        var beside = new ReferenceRuns(reference, NewStretch(reference, cores: 1), NewStretch(figure, cores));
        var context = new FigureContext(
            folder,
            settings.ParentCacheDirectory,
            settings.ParameterDirectory,
            cores,
            progress,
            () => beside.Run(ReferenceRunsInPause, cancellationToken));
        progress($"{figure.Name}: preparing");
        reference?.Prepare(context, cancellationToken);
        figure.Prepare(context, cancellationToken);
        if (!figure.IsLong)
        {
            WarmUp(figure, reference, cancellationToken);
        }

        var rounds = Rounds(figure, beside, cores, cancellationToken);
        return Result(figure, cores, rounds);
    }

    private static FigureResult Result(IFigure figure, int cores, List<Round> rounds)
    {
        var references = rounds.Where(one => one.Reference is not null).ToList();
        var result = new FigureResult(
            figure.Name,
            Median(rounds.Select(one => one.Value)),
            figure.Unit.Name,
            references.Count == 0 ? null : Median(references.Select(one => one.Reference!.Value)),
            references.Count == 0 ? null : Median(references.Select(one => one.Value / one.Reference!.Value)),
            cores,
            figure.Unit.Kind == UnitKind.Amount ? null : Median(rounds.Select(one => one.Cycles)),
            figure.Operation,
            references.Count == 0 ? null : figure.Reference);
        return figure.Goal is not { } goal
            ? result
            : result with { Goal = goal.Text(figure.Unit), Reached = goal.IsReached(result) };
    }

    private List<Round> Rounds(IFigure figure, ReferenceRuns beside, int cores, CancellationToken cancellationToken)
    {
        progress($"{figure.Name}: measuring on {Text(cores)} of {Text(ProcessorLimit.Available)} processors");
        var start = Stopwatch.GetTimestamp();
        var rounds = new List<Round>();
        do
        {
            rounds.Add(OneRound(figure, beside, cores, cancellationToken));
        }
        while (!figure.IsLong && !IsEnough(rounds.Count, Stopwatch.GetElapsedTime(start)));

        return rounds;
    }

    /// <summary>
    /// A median needs three rounds; a figure whose rounds take longer than all of them should has to do with fewer.
    /// </summary>
    private bool IsEnough(int rounds, TimeSpan elapsed) =>
        elapsed >= settings.Limit && (rounds >= LeastRounds || elapsed / rounds >= settings.Limit);

    private void WarmUp(IFigure figure, IFigure? reference, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            reference?.Run(cancellationToken);
            figure.Run(cancellationToken);
        }
        while (Stopwatch.GetElapsedTime(start) < settings.Limit / 3);
    }

    private Round OneRound(IFigure figure, ReferenceRuns beside, int cores, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var clock = CoreClock.Measure();
        beside.Begin();
        if (!figure.IsLong)
        {
            beside.Run(1, cancellationToken);
        }

        var before = beside.Taken;
        var (operations, elapsed) = NewStretch(figure, cores).Of(() => figure.Run(cancellationToken));
        var seconds = elapsed - (beside.Taken - before);

        // A long run outlasts a change of the clock: the one before and the one after stand for it.
        clock = figure.IsLong ? (clock + CoreClock.Measure()) / 2 : clock;
        return new Round(
            figure.Unit.ValueOf(operations, seconds), beside.Value, seconds * clock * cores / operations);
    }

    private Stretch NewStretch(IFigure? figure, int cores) =>
        new(settings.ByProcessorTime && figure?.Waits != true, cores);

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Round(double Value, double? Reference, double Cycles);
}
