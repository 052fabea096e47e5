using Federation.Proofs.Constraints;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Tests.Circuits.Post;

/// <summary>
/// The rows of a circuit that any input occurs in: all that a change of inputs can break. Rows whose only input is the
/// constant one are kept by their first few, which suffice to bind it.
/// </summary>
internal sealed class InputRows : IRowSink
{
    private const int KeptOfOne = 100;

    private readonly List<(Term[] A, Term[] B, Term[] C)> _rows = [];
    private int _ofOne;

    public static InputRows Of(ICircuit circuit)
    {
        var rows = new InputRows();
        RowSystem.Stream(circuit, rows);
        return rows;
    }

    public void Row(ReadOnlySpan<Term> a, ReadOnlySpan<Term> b, ReadOnlySpan<Term> c)
    {
        Variable[] inputs = [.. Inputs(a), .. Inputs(b), .. Inputs(c)];
        if (inputs.Any(input => input != Variable.One) || (inputs.Length > 0 && _ofOne++ < KeptOfOne))
        {
            _rows.Add((a.ToArray(), b.ToArray(), c.ToArray()));
        }
    }

    public bool Hold(Fr[] inputs, Fr[] aux)
    {
        Fr Sum(Term[] terms) => terms.Aggregate(
            Fr.Zero,
            (sum, term) => sum + (term.Coefficient
                * (term.Variable.IsInput ? inputs[term.Variable.Index] : aux[term.Variable.Index])));
        return _rows.All(row => Sum(row.A) * Sum(row.B) == Sum(row.C));
    }

    private static Variable[] Inputs(ReadOnlySpan<Term> terms)
    {
        var found = new List<Variable>();
        foreach (var term in terms)
        {
            if (term.Variable.IsInput)
            {
                found.Add(term.Variable);
            }
        }

        return [.. found];
    }
}
