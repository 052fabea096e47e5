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
    private readonly int _threads;

    private WitnessSystem(CircuitSize size, int threads) : base(hasWitness: true, discardsRows: false)
    {
        _threads = threads;
        _witness = new CircuitWitness(size);
        _witness.Inputs[0] = Fr.One;
        _values = new Assignment(_witness.Inputs, _witness.Aux);
    }

    private WitnessSystem(WitnessSystem whole, CircuitSize start) : base(whole, start)
    {
        _threads = 1;
        _witness = whole._witness;
        _values = whole._values;
    }

    /// <summary>Evaluates a circuit that holds its witness.</summary>
    /// <param name="circuit">Circuit.</param>
    /// <param name="size">What <see cref="CountingSystem.Count"/> gives for a circuit of its shape.</param>
    /// <param name="threads">Most threads at once; -1 for as many as there are processors.</param>
    /// <param name="cancellationToken">Ends the work between rows.</param>
    /// <exception cref="InvalidOperationException">The circuit has another size.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static CircuitWitness Evaluate(
        ICircuit circuit, CircuitSize size, int threads, CancellationToken cancellationToken)
    {
        var system = new WitnessSystem(size, threads);
        try
        {
            system.Run(circuit, cancellationToken);
        }
        catch (IndexOutOfRangeException overflow)
        {
            throw new InvalidOperationException($"The circuit is larger than {size}.", overflow);
        }

        return system.Size == size
            ? system._witness
            : throw new InvalidOperationException($"The circuit has {system.Size}, not {size}.");
    }

    /// <summary>Evaluates a circuit of known size on all processors.</summary>
    public static CircuitWitness Evaluate(ICircuit circuit, CircuitSize size) => Evaluate(circuit, size, -1, default);

    /// <summary>Counts a circuit, then evaluates it.</summary>
    public static CircuitWitness Evaluate(ICircuit circuit) => Evaluate(circuit, CountingSystem.Count(circuit));

    private protected override void OnAux(in Fr value) => _witness.Aux[Aux] = value;

    private protected override void OnInput(in Fr value) => _witness.Inputs[Inputs] = value;

    /// <summary>
    /// Runs the pieces side by side, each from where the ones before it will have ended. Pieces within pieces run in
    /// turn.
    /// </summary>
    private protected override void OnRepeat(int times, Action<ConstraintSystem, int> piece)
    {
        if (_threads == 1 || times < 2)
        {
            base.OnRepeat(times, piece);
            return;
        }

        var start = Size;
        var each = CountingSystem.CountPiece(system => piece(system, 0));
        ParallelLoop.Run(
            times,
            _threads,
            i =>
            {
                var part = new WitnessSystem(this, start.Plus(i, each));
                piece(part, i);
                if (part.Size != start.Plus(i + 1, each))
                {
                    throw new InvalidOperationException($"Piece {i} of the circuit has another size than its first.");
                }
            },
            CancellationToken);
        Advance(times, each);
    }

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
