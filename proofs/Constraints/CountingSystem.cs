using Federation.Proofs.Fields;

namespace Federation.Proofs.Constraints;

/// <summary>Counts variables and rows, and holds nothing.</summary>
public sealed class CountingSystem : ConstraintSystem
{
    /// <summary>Creates an empty system.</summary>
    public CountingSystem() : base(hasWitness: false, discardsRows: true)
    {
    }

    /// <summary>The counts of a circuit, closing rows included.</summary>
    public static CircuitSize Count(ICircuit circuit)
    {
        var system = new CountingSystem();
        system.Run(circuit);
        return system.Size;
    }

    /// <summary>What a piece of a circuit adds to the counts.</summary>
    internal static CircuitSize CountPiece(Action<ConstraintSystem> piece)
    {
        var system = new CountingSystem();
        var before = system.Size;
        piece(system);
        return system.Size.Minus(before);
    }

    private protected override void OnAux(in Fr value)
    {
    }

    private protected override void OnInput(in Fr value)
    {
    }

    private protected override void OnRow()
    {
    }
}
