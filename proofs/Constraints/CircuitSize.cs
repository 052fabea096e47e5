using System.Numerics;

namespace Federation.Proofs.Constraints;

/// <summary>What a circuit counts.</summary>
/// <param name="Constraints">Rows, the closing row of each input included.</param>
/// <param name="Inputs">Inputs, the constant one included.</param>
/// <param name="Aux">Auxiliary variables.</param>
public readonly record struct CircuitSize(int Constraints, int Inputs, int Aux)
{
    /// <summary>Length of the evaluation domain: the smallest power of two that holds all rows.</summary>
    public int DomainLength => checked((int)BitOperations.RoundUpToPowerOf2((uint)Constraints));

    /// <summary>These counts and those of a piece so many times.</summary>
    internal CircuitSize Plus(int times, CircuitSize piece) => checked(new(
        Constraints + (times * piece.Constraints), Inputs + (times * piece.Inputs), Aux + (times * piece.Aux)));

    /// <summary>What was added to earlier counts.</summary>
    internal CircuitSize Minus(CircuitSize earlier) =>
        new(Constraints - earlier.Constraints, Inputs - earlier.Inputs, Aux - earlier.Aux);
}
