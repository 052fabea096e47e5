using Federation.Proofs.Constraints;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Circuits;

/// <summary>The Poseidon hash of 2, 4, 8 or 11 field elements, with the domain tag of Merkle trees.</summary>
internal static class PoseidonGadget
{
    internal static Num Hash(ConstraintSystem system, ReadOnlySpan<Num> inputs)
    {
        var template = PoseidonRows.ForArity(inputs.Length);
        if (system.OnlyCounts)
        {
            system.CountOnly(template.Rows.Length, template.Rows.Length);
            return default;
        }

        var locals = new Num[1 + inputs.Length + template.Rows.Length];
        locals[0] = new Num(Variable.One, Fr.One);
        inputs.CopyTo(locals.AsSpan(1));
        var next = 1 + inputs.Length;
        for (var round = 0; round < template.Rounds.Length; round++)
        {
            using var scope = system.Enter("round", round);
            var end = round + 1 < template.Rounds.Length ? template.Rounds[round + 1] : template.Rows.Length;
            foreach (var row in template.Rows.AsSpan(template.Rounds[round]..end))
            {
                locals[next++] = State(system, row, locals);
            }
        }

        return locals[^1];
    }

    private static Num State(ConstraintSystem system, PoseidonRow row, ReadOnlySpan<Num> locals)
    {
        var left = Add(system.A, row.Left, locals, system.HasWitness);
        var right = Add(system.B, row.Right, locals, system.HasWitness);
        var product = system.AllocateNum((left * right) + row.Constant);
        system.C.Add(product.Variable);
        if (!row.Constant.IsZero)
        {
            system.C.Add(Variable.One, -row.Constant);
        }

        system.Enforce();
        return product;
    }

    private static Fr Add(LinearCombination sum, PoseidonTerm[] terms, ReadOnlySpan<Num> locals, bool withValue)
    {
        var value = Fr.Zero;
        foreach (ref readonly var term in terms.AsSpan())
        {
            ref readonly var local = ref locals[term.Local];
            sum.Add(local.Variable, term.Coefficient);
            if (withValue)
            {
                value += term.Coefficient == Fr.One ? local.Value : term.Coefficient * local.Value;
            }
        }

        return value;
    }
}
