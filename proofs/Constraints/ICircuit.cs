namespace Federation.Proofs.Constraints;

/// <summary>
/// A statement as constraints. The same description serves every purpose: with a witness it gives the assignment, and
/// without one the constraints alone. Which variables and constraints come in which order must depend on the circuit's
/// shape only, never on values.
/// </summary>
public interface ICircuit
{
    /// <summary>
    /// Allocates the variables and states the constraints, in order. Values are asked for only when
    /// <see cref="ConstraintSystem.HasWitness"/>; else any value may be given, and is ignored.
    /// </summary>
    void Synthesize(ConstraintSystem system);
}
