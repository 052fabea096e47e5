using Federation.Proofs.Fields;

namespace Federation.Proofs.Constraints;

/// <summary>
/// Asks whether a circuit's witness satisfies it, and if not, where. Holds the assignment, but no row.
/// </summary>
public sealed class CheckingSystem : ConstraintSystem
{
    private readonly NamePath _path;
    private Fr[] _inputs = [Fr.One];
    private Fr[] _aux = [];
    private UnsatisfiedRow? _first;

    private CheckingSystem(NamePath path) : base(hasWitness: true, discardsRows: false, path) => _path = path;

    /// <summary>The first row of a circuit that does not hold under its witness, or null when all do.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static UnsatisfiedRow? FirstUnsatisfied(ICircuit circuit, CancellationToken cancellationToken = default)
    {
        var system = new CheckingSystem(new NamePath());
        system.Run(circuit, cancellationToken);
        return system._first;
    }

    private protected override void OnAux(in Fr value) => Store(ref _aux, Aux, value);

    private protected override void OnInput(in Fr value) => Store(ref _inputs, Inputs, value);

    private protected override void OnRow()
    {
        var values = new Assignment(_inputs, _aux);
        if (_first is null && values.Sum(A.Terms) * values.Sum(B.Terms) != values.Sum(C.Terms))
        {
            _first = new UnsatisfiedRow(Constraints, _path.ToString());
        }
    }

    private static void Store(ref Fr[] values, int index, in Fr value)
    {
        if (index == values.Length)
        {
            Array.Resize(ref values, Math.Max(1024, 2 * index));
        }

        values[index] = value;
    }

    private sealed class NamePath : INamespaceSink
    {
        private readonly List<(string Name, int Number)> _open = [];

        public void Enter(string name, int number, CircuitSize before) => _open.Add((name, number));

        public void Leave(CircuitSize after) => _open.RemoveAt(_open.Count - 1);

        public override string ToString() => string.Join(
            '/', _open.Select(part => part.Number < 0 ? part.Name : $"{part.Name} {part.Number}"));
    }
}
