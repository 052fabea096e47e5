using Federation.Proofs.Fields;

namespace Federation.Proofs.Constraints;

/// <summary>
/// What a circuit is written into: variables and rows A · B = C in order of synthesis, none of them held here. A row
/// is built in <see cref="A"/>, <see cref="B"/> and <see cref="C"/> and stated with <see cref="Enforce"/>, which clears
/// them. Kinds: <see cref="CountingSystem"/>, <see cref="RowSystem"/>, <see cref="WitnessSystem"/>,
/// <see cref="CheckingSystem"/>. One circuit, one instance, one thread.
/// </summary>
public abstract class ConstraintSystem
{
    private const int RowsPerLook = 1 << 16;

    private readonly bool _discardsRows;
    private readonly INamespaceSink? _namespaces;
    private CancellationToken _cancellationToken;
    private bool _closed;

    private protected ConstraintSystem(bool hasWitness, bool discardsRows, INamespaceSink? namespaces = null)
    {
        HasWitness = hasWitness;
        _discardsRows = discardsRows;
        _namespaces = namespaces;
        A = NewCombination();
        B = NewCombination();
        C = NewCombination();
    }

    /// <summary>A system that goes on where another stands, with a part of its circuit.</summary>
    private protected ConstraintSystem(ConstraintSystem whole, CircuitSize start)
        : this(whole.HasWitness, whole._discardsRows)
    {
        (Constraints, Inputs, Aux) = start;
        _cancellationToken = whole._cancellationToken;
        _closed = true;
    }

    /// <summary>True when variables need their values; else values are ignored and need not be computed.</summary>
    public bool HasWitness { get; }

    /// <summary>True when only numbers of variables and rows are wanted, so that <see cref="CountOnly"/> may stand
    /// for a known piece of circuit.</summary>
    public bool OnlyCounts => _discardsRows;

    /// <summary>Number of inputs so far, the constant one included.</summary>
    public int Inputs { get; private set; } = 1;

    /// <summary>Number of auxiliary variables so far.</summary>
    public int Aux { get; private set; }

    /// <summary>Number of rows so far.</summary>
    public int Constraints { get; private set; }

    /// <summary>Left factor of the row that is being built.</summary>
    public LinearCombination A { get; }

    /// <summary>Right factor of the row that is being built.</summary>
    public LinearCombination B { get; }

    /// <summary>Product of the row that is being built.</summary>
    public LinearCombination C { get; }

    /// <summary>Counts so far.</summary>
    public CircuitSize Size => new(Constraints, Inputs, Aux);

    private protected CancellationToken CancellationToken => _cancellationToken;

    /// <summary>Runs a circuit, then states the closing row <c>x · 0 = 0</c> of each input.</summary>
    /// <exception cref="InvalidOperationException">This system already holds a circuit.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Run(ICircuit circuit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        cancellationToken.ThrowIfCancellationRequested();
        _cancellationToken = cancellationToken;
        if (_closed || Aux > 0 || Inputs > 1 || Constraints > 0)
        {
            throw new InvalidOperationException("A constraint system takes one circuit.");
        }

        circuit.Synthesize(this);
        for (var i = 0; i < Inputs; i++)
        {
            A.Add(Variable.Input(i));
            Enforce();
        }

        _closed = true;
    }

    /// <summary>Allocates an auxiliary variable.</summary>
    /// <param name="value">Its value; ignored without a witness.</param>
    public Variable Allocate(in Fr value)
    {
        OnAux(value);
        return Variable.Aux(Aux++);
    }

    /// <summary>Allocates an input.</summary>
    /// <param name="value">Its value; ignored without a witness.</param>
    public Variable AllocateInput(in Fr value)
    {
        OnInput(value);
        return Variable.Input(Inputs++);
    }

    /// <summary>States the row A · B = C that was built, and clears the three.</summary>
    public void Enforce()
    {
        OnRow();
        Constraints = checked(Constraints + 1);
        if (Constraints % RowsPerLook == 0)
        {
            _cancellationToken.ThrowIfCancellationRequested();
        }

        A.Clear();
        B.Clear();
        C.Clear();
    }

    /// <summary>A combination of the caller's own, for sums that outlive a row.</summary>
    public LinearCombination NewCombination() => new(_discardsRows);

    /// <summary>
    /// Runs a piece of circuit several times. Its counts must not depend on the number it is given, from 0, and it
    /// writes to the system that it is given, in which earlier variables can be used: where only counts are wanted it
    /// runs once, and where values are, some pieces run at the same time.
    /// </summary>
    public void Repeat(int times, Action<ConstraintSystem, int> piece)
    {
        ArgumentNullException.ThrowIfNull(piece);
        if (!OnlyCounts)
        {
            OnRepeat(times, piece);
            return;
        }

        var before = Size;
        piece(this, 0);
        Advance(times - 1, Size.Minus(before));
    }

    /// <summary>Counts a piece of circuit whose numbers are known, in place of running it.</summary>
    /// <exception cref="InvalidOperationException">This system does more than count.</exception>
    public void CountOnly(int constraints, int aux)
    {
        if (!OnlyCounts)
        {
            throw new InvalidOperationException("Only a counting system takes numbers for a circuit.");
        }

        Advance(1, new CircuitSize(constraints, 0, aux));
    }

    /// <summary>
    /// Names what is synthesised until the scope is disposed. Costs one comparison unless an outline is asked for.
    /// </summary>
    /// <param name="name">Name.</param>
    /// <param name="number">Number that belongs to the name, if not negative.</param>
    public NamespaceScope Enter(string name, int number = -1)
    {
        if (_namespaces is null)
        {
            return default;
        }

        _namespaces.Enter(name, number, Size);
        return new NamespaceScope(this);
    }

    internal void Leave() => _namespaces?.Leave(Size);

    private protected void Advance(int times, CircuitSize piece) =>
        (Constraints, Inputs, Aux) = Size.Plus(times, piece);

    private protected virtual void OnRepeat(int times, Action<ConstraintSystem, int> piece)
    {
        for (var i = 0; i < times; i++)
        {
            piece(this, i);
        }
    }

    private protected abstract void OnAux(in Fr value);

    private protected abstract void OnInput(in Fr value);

    private protected abstract void OnRow();
}
