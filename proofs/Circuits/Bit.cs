using Federation.Proofs.Constraints;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Circuits;

/// <summary>
/// A truth value in a circuit: a constant, a variable that is constrained to 0 or 1, or the negation of one, which
/// needs no variable of its own. The default is the constant false. Its value means nothing without a witness.
/// </summary>
internal readonly struct Bit
{
    private enum Kind : byte
    {
        Constant,
        Is,
        Not,
    }

    private readonly Kind _kind;

    private Bit(Kind kind, Variable variable, bool value)
    {
        _kind = kind;
        Variable = variable;
        Value = value;
    }

    internal static Bit False => default;

    internal static Bit True => Constant(true);

    internal bool IsConstant => _kind == Kind.Constant;

    internal bool IsFalse => _kind == Kind.Constant && !Value;

    internal bool IsTrue => _kind == Kind.Constant && Value;

    internal bool IsNegation => _kind == Kind.Not;

    /// <summary>The variable, or the one that is negated; no meaning for a constant.</summary>
    internal Variable Variable { get; }

    /// <summary>The truth value, the negation included.</summary>
    internal bool Value { get; }

    internal static Bit Constant(bool value) => new(Kind.Constant, default, value);

    /// <summary>A variable that holds 0 or 1.</summary>
    internal static Bit Of(Variable variable, bool value) => new(Kind.Is, variable, value);

    internal Bit Not() => _kind switch
    {
        Kind.Constant => Constant(!Value),
        Kind.Is => new Bit(Kind.Not, Variable, !Value),
        _ => new Bit(Kind.Is, Variable, !Value),
    };

    /// <summary>Adds this bit to a sum.</summary>
    internal void AddTo(LinearCombination sum) => AddTo(sum, Fr.One, FrPowers.MinusOne);

    /// <summary>Subtracts this bit from a sum.</summary>
    internal void SubtractFrom(LinearCombination sum) => AddTo(sum, FrPowers.MinusOne, Fr.One);

    /// <summary>Adds this bit times 2^exponent to a sum.</summary>
    internal void AddTo(LinearCombination sum, int exponent) =>
        AddTo(sum, FrPowers.OfTwo(exponent), FrPowers.MinusOfTwo(exponent));

    private void AddTo(LinearCombination sum, in Fr coefficient, in Fr negated)
    {
        switch (_kind)
        {
            case Kind.Is:
                sum.Add(Variable, coefficient);
                break;
            case Kind.Not:
                sum.Add(Variable.One, coefficient);
                sum.Add(Variable, negated);
                break;
            default:
                if (Value)
                {
                    sum.Add(Variable.One, coefficient);
                }

                break;
        }
    }
}
