using Federation.Proofs.Fields;

namespace Federation.Proofs.Constraints;

/// <summary>
/// Evaluates a circuit under its witness. The counts must be known beforehand, so that every array is made once, at its
/// final length.
/// </summary>
public sealed class WitnessSystem : ConstraintSystem
{
    private readonly CircuitWitness _witness;
    private readonly Assignment _values;

    private WitnessSystem(CircuitSize size) : base(hasWitness: true, discardsRows: false)
    {
        _witness = new CircuitWitness(size);
        _witness.Inputs[0] = Fr.One;
        _values = new Assignment(_witness.Inputs, _witness.Aux);
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
        _witness.A[row] = _values.Sum(a);
        var b = B.Normalise();
        MarkAux(b, _witness.BAux);
        MarkInputs(b);
        _witness.B[row] = _values.Sum(b);
        _witness.C[row] = _values.Sum(C.Terms);
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
}
