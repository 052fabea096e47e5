namespace Federation.Bench.Figures;

/// <summary>
/// One figure of <c>fed bench</c>. To add one: write a small class here that implements this, and name it in the
/// catalog of its kind (<see cref="HashFigures"/>, <see cref="LabelFigures"/>, <see cref="FieldFigures"/>,
/// <see cref="GraphFigures"/>, <see cref="SectorFigures"/>, <see cref="ProofFigures"/>); <see cref="FieldProducts"/> is
/// the model. The runner does the rest: it confines the process to <see cref="Cores"/> processors, calls
/// <see cref="Prepare"/> once, warms up by <see cref="Run"/>, and then takes in turn the clock, the reference and one
/// <see cref="Run"/>, until the time is spent; what it reports is the median of these rounds.
/// </summary>
/// <remarks>
/// The constructor does nothing costly: every figure is created to be listed. <see cref="Prepare"/> makes the inputs
/// and checks one result, so that nothing fast but wrong is measured; <see cref="Run"/> does only what is measured,
/// takes 10 to 200 ms where the work can be cut, returns how many operations it did, and allocates nothing. On a
/// machine that is busy with other things measure with <c>--processor-time</c>.
/// </remarks>
internal interface IFigure : IDisposable
{
    /// <summary>As <c>--filter</c> takes it, for example <c>fr.mul</c>.</summary>
    string Name { get; }

    /// <summary>What the value is given in, and how it comes about from operations and time.</summary>
    FigureUnit Unit { get; }

    /// <summary>One of what <see cref="Run"/> counts and cycles are given for, in the singular: label, byte,
    /// sector.</summary>
    string Operation { get; }

    /// <summary>Processors that the process may use meanwhile, at least 1; those that the machine has at
    /// most.</summary>
    int Cores { get; }

    /// <summary>Name of the reference that is measured in turn with the figure and in its unit; null for
    /// none.</summary>
    string? Reference => null;

    /// <summary>What is to be reached; null for a figure that only informs.</summary>
    FigureGoal? Goal => null;

    /// <summary>True for what takes minutes: it is run once, and only when named in full or with
    /// <c>--full</c>.</summary>
    bool IsLong => false;

    /// <summary>True for what waits for a device: its time is always the elapsed one.</summary>
    bool Waits => false;

    /// <summary>Makes what is measured ready.</summary>
    void Prepare(FigureContext context, CancellationToken cancellationToken);

    /// <summary>Does the work once and returns the number of operations.</summary>
    double Run(CancellationToken cancellationToken);
}
