namespace Federation.Proofs.Constraints;

/// <summary>
/// A variable of a constraint system: an input, which the verifier knows, or an auxiliary one, which only the prover
/// knows. Numbered apart, each in order of allocation; input 0 is the constant one, and the default value. Ordered as
/// the canonical stream of constraints orders terms: inputs before auxiliary variables, ascending.
/// </summary>
public readonly struct Variable : IEquatable<Variable>
{
    private const uint AuxFlag = 0x8000_0000;

    private Variable(uint code) => Code = code;

    /// <summary>Input 0, whose value is one.</summary>
    public static Variable One => default;

    /// <summary>True for an input, the constant one included.</summary>
    public bool IsInput => (Code & AuxFlag) == 0;

    /// <summary>Number among the variables of its kind, from 0.</summary>
    public int Index => (int)(Code & ~AuxFlag);

    /// <summary>Orders and identifies variables: the index, with the top bit set for auxiliary ones.</summary>
    internal uint Code { get; }

    /// <summary>The input with a number.</summary>
    public static Variable Input(int index) => new((uint)index);

    /// <summary>The auxiliary variable with a number.</summary>
    public static Variable Aux(int index) => new((uint)index | AuxFlag);

    /// <inheritdoc/>
    public bool Equals(Variable other) => Code == other.Code;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Variable other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)Code;

    /// <summary>Equality of kind and number.</summary>
    public static bool operator ==(Variable left, Variable right) => left.Code == right.Code;

    /// <summary>Difference in kind or number.</summary>
    public static bool operator !=(Variable left, Variable right) => left.Code != right.Code;

    /// <summary>For messages: <c>input 3</c>, <c>aux 17</c>.</summary>
    public override string ToString() => $"{(IsInput ? "input" : "aux")} {Index}";
}
