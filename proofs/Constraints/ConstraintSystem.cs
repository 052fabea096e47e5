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
    private readonly bool _discardsRows;
    private readonly INamespaceSink? _namespaces;
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

    /// <summary>Runs a circuit, then states the closing row <c>x · 0 = 0</c> of each input.</summary>
    /// <exception cref="InvalidOperationException">This system already holds a circuit.</exception>
    public void Run(ICircuit circuit)
    {
        ArgumentNullException.ThrowIfNull(circuit);
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
        A.Clear();
        B.Clear();
        C.Clear();
    }

    /// <summary>A combination of the caller's own, for sums that outlive a row.</summary>
    public LinearCombination NewCombination() => new(_discardsRows);

    /// <summary>
    /// Runs a piece of circuit several times. Its counts must not depend on the number it is given, from 0: where only
    /// they are wanted, it runs once.
    /// </summary>
    public void Repeat(int times, Action<int> piece)
    {
        ArgumentNullException.ThrowIfNull(piece);
        if (!OnlyCounts)
        {
            for (var i = 0; i < times; i++)
            {
                piece(i);
            }

            return;
        }

        var before = Size;
        piece(0);
        var others = times - 1;
        Count(
            checked(others * (Constraints - before.Constraints)),
            checked(others * (Inputs - before.Inputs)),
            checked(others * (Aux - before.Aux)));
    }

    /// <summary>Counts a piece of circuit whose numbers are known, in place of running it.</summary>
    /// <exception cref="InvalidOperationException">This system does more than count.</exception>
    public void CountOnly(int constraints, int aux)
    {
        if (!OnlyCounts)
        {
            throw new InvalidOperationException("Only a counting system takes numbers for a circuit.");
        }

        Count(constraints, 0, aux);
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

    private void Count(int constraints, int inputs, int aux)
    {
        Constraints = checked(Constraints + constraints);
        Inputs = checked(Inputs + inputs);
        Aux = checked(Aux + aux);
    }

    internal void Leave() => _namespaces?.Leave(Size);

    private protected abstract void OnAux(in Fr value);

    private protected abstract void OnInput(in Fr value);

    private protected abstract void OnRow();
}
