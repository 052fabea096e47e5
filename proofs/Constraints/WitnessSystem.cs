using Federation.Proofs.Fields;

namespace Federation.Proofs.Constraints;

/// <summary>
/// Evaluates a circuit under its witness. The counts must be known beforehand, so that every array is made once, at its
/// final length.
/// </summary>
public sealed class WitnessSystem : ConstraintSystem
{
    private static readonly Fr MinusOne = -Fr.One;

    private readonly CircuitWitness _witness;

    private WitnessSystem(CircuitSize size) : base(hasWitness: true, discardsRows: false)
    {
        _witness = new CircuitWitness(size);
        _witness.Inputs[0] = Fr.One;
    }

    /// <summary>Evaluates a circuit that holds its witness.</summary>
    /// <param name="circuit">Circuit.</param>
    /// <param name="size">What <see cref="CountingSystem.Count"/> gives for a circuit of its shape.</param>
    /// <exception cref="InvalidOperationException">The circuit has another size.</exception>
    public static CircuitWitness Evaluate(ICircuit circuit, CircuitSize size)
    {
        var system = new WitnessSystem(size);
        try
        {
            system.Run(circuit);
        }
        catch (IndexOutOfRangeException overflow)
        {
            throw new InvalidOperationException($"The circuit is larger than {size}.", overflow);
        }

        return system.Size == size
            ? system._witness
            : throw new InvalidOperationException($"The circuit has {system.Size}, not {size}.");
    }

    /// <summary>Counts a circuit, then evaluates it.</summary>
    public static CircuitWitness Evaluate(ICircuit circuit) => Evaluate(circuit, CountingSystem.Count(circuit));

    private protected override void OnAux(in Fr value) => _witness.Aux[Aux] = value;

    private protected override void OnInput(in Fr value) => _witness.Inputs[Inputs] = value;

    private protected override void OnRow()
    {
        var row = Constraints;
        var a = A.Normalise();
        MarkAux(a, _witness.AAux);
        _witness.A[row] = Sum(a);
        var b = B.Normalise();
        MarkAux(b, _witness.BAux);
        MarkInputs(b);
        _witness.B[row] = Sum(b);
        _witness.C[row] = Sum(C.Terms);
    }

    private static void MarkAux(ReadOnlySpan<Term> terms, DensityMap density)
    {
        foreach (ref readonly var term in terms)
        {
            if (!term.Variable.IsInput)
            {
                density.Mark(term.Variable.Index);
            }
        }
    }

    private void MarkInputs(ReadOnlySpan<Term> terms)
    {
        foreach (ref readonly var term in terms)
        {
            if (term.Variable.IsInput)
            {
                _witness.BInputs.Mark(term.Variable.Index);
            }
        }
    }

    // Most values are bits and most coefficients 1 or -1, for which no product is needed.
    private Fr Sum(ReadOnlySpan<Term> terms)
    {
        var sum = Fr.Zero;
        foreach (ref readonly var term in terms)
        {
            ref readonly var value = ref Value(term.Variable);
            if (value == Fr.One)
            {
                sum += term.Coefficient;
            }
            else if (!value.IsZero)
            {
                sum += term.Coefficient == Fr.One ? value
                    : term.Coefficient == MinusOne ? -value
                    : term.Coefficient * value;
            }
        }

        return sum;
    }

    private ref readonly Fr Value(Variable variable) =>
        ref (variable.IsInput ? ref _witness.Inputs[variable.Index] : ref _witness.Aux[variable.Index]);
}
