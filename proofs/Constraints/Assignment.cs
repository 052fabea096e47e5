using Federation.Proofs.Fields;

namespace Federation.Proofs.Constraints;

/// <summary>Values of a circuit's variables, in arrays that may be longer than what is allocated so far.</summary>
internal readonly struct Assignment(Fr[] inputs, Fr[] aux)
{
    private static readonly Fr MinusOne = -Fr.One;

    internal Fr[] Inputs => inputs;

    internal Fr[] Aux => aux;

    /// <summary>The sum's value. Most values are bits and most coefficients 1 or -1, which take no product.</summary>
    internal Fr Sum(ReadOnlySpan<Term> terms)
    {
        var sum = Fr.Zero;
        foreach (ref readonly var term in terms)
        {
            var variable = term.Variable;
            ref readonly var value = ref (variable.IsInput ? ref inputs[variable.Index] : ref aux[variable.Index]);
            if (value == Fr.One)
            {
                sum += term.Coefficient;
            }
            else if (!value.IsZero)
            {
                sum += term.Coefficient == Fr.One ? value
                    : term.Coefficient == MinusOne ? -value
                    : term.Coefficient * value;
            }
        }

        return sum;
    }
}
