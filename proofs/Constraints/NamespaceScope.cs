namespace Federation.Proofs.Constraints;

/// <summary>A named stretch of a circuit, which ends when it is disposed.</summary>
public readonly ref struct NamespaceScope
{
    private readonly ConstraintSystem? _system;

    internal NamespaceScope(ConstraintSystem system) => _system = system;

    /// <summary>Ends the stretch.</summary>
    public void Dispose() => _system?.Leave();
}
