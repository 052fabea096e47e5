namespace Federation.Proofs.Constraints;

/// <summary>
/// Takes the rows A · B = C of a circuit in order of synthesis, each combination in canonical form: ascending
/// variables, each once, no zero coefficient. Called from one thread; the spans are valid during the call.
/// </summary>
public interface IRowSink
{
    /// <summary>The next row.</summary>
    void Row(ReadOnlySpan<Term> a, ReadOnlySpan<Term> b, ReadOnlySpan<Term> c);
}
