namespace Federation.Worker.Phases;

/// <summary>What a phase failed of.</summary>
public enum PhaseFault
{
    /// <summary>
    /// A piece, a ticket, a file or its content is wrong or missing: the same input fails again, redo an earlier
    /// phase.
    /// </summary>
    InvalidInput,

    /// <summary>
    /// Storage failed, is full or not writable, or lacks parameter files: the same may succeed later or elsewhere.
    /// </summary>
    Storage,

    /// <summary>
    /// A configured program failed, or what it made is wrong: the same may succeed later or elsewhere.
    /// </summary>
    Prover,
}
