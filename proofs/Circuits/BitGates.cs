using Federation.Proofs.Constraints;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Circuits;

/// <summary>
/// Gates on bits. Where an operand is constant the result is known or is the other operand, and nothing is stated. The
/// cases, and in each which variable stands where, are those of bellperson's <c>Boolean</c>: parameters depend on them.
/// </summary>
internal static class BitGates
{
    /// <summary>A new variable, constrained to 0 or 1.</summary>
    internal static Bit AllocateBit(this ConstraintSystem system, bool value)
    {
        var variable = system.AllocateUnchecked(value);
        system.A.Add(Variable.One).Subtract(variable);
        system.B.Add(variable);
        system.Enforce();
        return Bit.Of(variable, value);
    }

    internal static Bit Xor(this ConstraintSystem system, Bit a, Bit b)
    {
        if (a.IsConstant)
        {
            return a.Value ? b.Not() : b;
        }

        if (b.IsConstant)
        {
            return b.Value ? a.Not() : a;
        }

        if (a.IsNegation == b.IsNegation)
        {
            return XorVariables(system, a.Variable, b.Variable, a.Value ^ b.Value);
        }

        var (plain, negated) = a.IsNegation ? (b, a) : (a, b);
        return XorVariables(system, plain.Variable, negated.Variable, !(a.Value ^ b.Value)).Not();
    }

    internal static Bit And(this ConstraintSystem system, Bit a, Bit b)
    {
        if (a.IsConstant)
        {
            return a.Value ? b : Bit.False;
        }

        if (b.IsConstant)
        {
            return b.Value ? a : Bit.False;
        }

        var (left, right) = a.IsNegation && !b.IsNegation ? (b, a) : (a, b);
        var value = a.Value && b.Value;
        var result = system.AllocateUnchecked(value);
        left.AddTo(system.A);
        right.AddTo(system.B);
        system.C.Add(result);
        system.Enforce();
        return Bit.Of(result, value);
    }

    /// <summary>a ? b : c, the Ch of SHA-256.</summary>
    internal static Bit Choose(this ConstraintSystem system, Bit a, Bit b, Bit c)
    {
        if (a.IsConstant && b.IsConstant && c.IsConstant)
        {
            return a.Value ? b : c;
        }

        return a.IsFalse ? c
            : b.IsFalse ? system.And(a.Not(), c)
            : c.IsFalse ? system.And(a, b)
            : c.IsTrue ? system.And(a, b.Not()).Not()
            : b.IsTrue ? system.And(a.Not(), c.Not()).Not()
            : ChooseVariables(system, a, b, c);
    }

    /// <summary>The value that at least two of the three have, the Maj of SHA-256.</summary>
    internal static Bit Majority(this ConstraintSystem system, Bit a, Bit b, Bit c)
    {
        if (a.IsConstant && b.IsConstant && c.IsConstant)
        {
            return Bit.Constant(MajorityOf(a, b, c));
        }

        return a.IsFalse ? system.And(b, c)
            : b.IsFalse ? system.And(a, c)
            : c.IsFalse ? system.And(a, b)
            : c.IsTrue ? system.And(a.Not(), b.Not()).Not()
            : b.IsTrue ? system.And(a.Not(), c.Not()).Not()
            : a.IsTrue ? system.And(b.Not(), c.Not()).Not()
            : MajorityVariables(system, a, b, c);
    }

    // For a result that the row which states it constrains to 0 or 1 already.
    private static Variable AllocateUnchecked(this ConstraintSystem system, bool value) =>
        system.Allocate(value ? Fr.One : Fr.Zero);

    // a xor b = a + b - 2ab
    private static Bit XorVariables(ConstraintSystem system, Variable a, Variable b, bool value)
    {
        var result = system.AllocateUnchecked(value);
        system.A.Add(a, FrPowers.OfTwo(1));
        system.B.Add(b);
        system.C.Add(a).Add(b).Subtract(result);
        system.Enforce();
        return Bit.Of(result, value);
    }

    private static Bit ChooseVariables(ConstraintSystem system, Bit a, Bit b, Bit c)
    {
        var value = a.Value ? b.Value : c.Value;
        var result = system.AllocateUnchecked(value);
        b.AddTo(system.A);
        c.SubtractFrom(system.A);
        a.AddTo(system.B);
        system.C.Add(result);
        c.SubtractFrom(system.C);
        system.Enforce();
        return Bit.Of(result, value);
    }

    // maj = bc + a(b + c - 2bc)
    private static Bit MajorityVariables(ConstraintSystem system, Bit a, Bit b, Bit c)
    {
        var value = MajorityOf(a, b, c);
        var result = system.AllocateUnchecked(value);
        var both = system.And(b, c);
        both.AddTo(system.A, exponent: 1);
        b.SubtractFrom(system.A);
        c.SubtractFrom(system.A);
        a.AddTo(system.B);
        both.AddTo(system.C);
        system.C.Subtract(result);
        system.Enforce();
        return Bit.Of(result, value);
    }

    private static bool MajorityOf(Bit a, Bit b, Bit c) =>
        (a.Value & b.Value) | (a.Value & c.Value) | (b.Value & c.Value);
}
