using Federation.Proofs.Fields;

namespace Federation.Proofs.Constraints;

/// <summary>Streams the rows of a circuit, without values, to a sink: for digests and for parameters.</summary>
public sealed class RowSystem : ConstraintSystem
{
    private readonly IRowSink _sink;

    /// <summary>Creates a system over a sink.</summary>
    public RowSystem(IRowSink sink) : this(sink, null)
    {
    }

    internal RowSystem(IRowSink sink, INamespaceSink? namespaces)
        : base(hasWitness: false, discardsRows: false, namespaces)
    {
        ArgumentNullException.ThrowIfNull(sink);
        _sink = sink;
    }

    /// <summary>Streams a circuit, closing rows included, and gives its counts.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static CircuitSize Stream(ICircuit circuit, IRowSink sink, CancellationToken cancellationToken = default)
    {
        var system = new RowSystem(sink);
        system.Run(circuit, cancellationToken);
        return system.Size;
    }

    private protected override void OnAux(in Fr value)
    {
    }

    private protected override void OnInput(in Fr value)
    {
    }

    private protected override void OnRow() => _sink.Row(A.Normalise(), B.Normalise(), C.Normalise());
}
