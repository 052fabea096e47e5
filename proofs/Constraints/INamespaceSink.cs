namespace Federation.Proofs.Constraints;

/// <summary>Takes the named stretches of a circuit, properly nested.</summary>
internal interface INamespaceSink
{
    /// <summary>A stretch begins, before the next row.</summary>
    void Enter(string name, int number, CircuitSize before);

    /// <summary>The innermost open stretch ends, after the last row.</summary>
    void Leave(CircuitSize after);
}
