using Federation.Proofs;

namespace Federation.Worker.Phases;

/// <summary>Progress of a step that is a part of a phase.</summary>
internal sealed class PartialProgress(
    IProgress<PhaseProgress> whole, double start, double part) : IProgress<PhaseProgress>
{
    /// <summary>The part's progress, or null when nobody listens.</summary>
    public static PartialProgress? Of(IProgress<PhaseProgress>? whole, double start, double part) =>
        whole is null ? null : new PartialProgress(whole, start, part);

    /// <inheritdoc/>
    public void Report(PhaseProgress value) => whole.Report(value with { Fraction = start + (value.Fraction * part) });
}
