using Federation.Proofs.Fields;

namespace Federation.Proofs.Constraints;

/// <summary>
/// A sum of terms under construction, to be reused: clearing keeps its memory. Obtained from a
/// <see cref="ConstraintSystem"/>; in one that only counts it stays empty whatever is added. Not thread-safe.
/// </summary>
public sealed class LinearCombination
{
    private static readonly Fr MinusOne = -Fr.One;

    private readonly bool _discards;
    private Term[] _terms = [];
    private Term[] _sorted = [];
    private ulong[] _keys = [];
    private int _count;

    internal LinearCombination(bool discards) => _discards = discards;

    /// <summary>The terms as they were added: a variable may occur more than once. Valid until the next
    /// change.</summary>
    public ReadOnlySpan<Term> Terms => _terms.AsSpan(0, _count);

    /// <summary>Adds a variable.</summary>
    public LinearCombination Add(Variable variable) => Add(variable, Fr.One);

    /// <summary>Subtracts a variable.</summary>
    public LinearCombination Subtract(Variable variable) => Add(variable, MinusOne);

    /// <summary>Adds a variable times a coefficient.</summary>
    public LinearCombination Add(Variable variable, in Fr coefficient)
    {
        if (!_discards)
        {
            if (_count == _terms.Length)
            {
                Array.Resize(ref _terms, Math.Max(8, 2 * _count));
            }

            _terms[_count++] = new Term(variable, coefficient);
        }

        return this;
    }

    /// <summary>Adds all terms of another combination.</summary>
    public LinearCombination Add(LinearCombination other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (ref readonly var term in other.Terms)
        {
            Add(term.Variable, term.Coefficient);
        }

        return this;
    }

    /// <summary>Removes all terms.</summary>
    public void Clear() => _count = 0;

    /// <summary>
    /// Brings the sum into its canonical form: ascending variables, each once, no zero coefficient.
    /// </summary>
    internal ReadOnlySpan<Term> Normalise()
    {
        if (!IsNormal())
        {
            Sort();
            Merge();
        }

        return Terms;
    }

    private bool IsNormal()
    {
        for (var i = 0; i < _count; i++)
        {
            ref readonly var term = ref _terms[i];
            if (term.Coefficient.IsZero || (i > 0 && _terms[i - 1].Variable.Code >= term.Variable.Code))
            {
                return false;
            }
        }

        return true;
    }

    // Terms are 40 bytes long, so numbers that stand for them are sorted in their place.
    private void Sort()
    {
        if (_sorted.Length < _terms.Length)
        {
            _keys = new ulong[_terms.Length];
            _sorted = new Term[_terms.Length];
        }

        for (var i = 0; i < _count; i++)
        {
            _keys[i] = ((ulong)_terms[i].Variable.Code << 32) | (uint)i;
        }

        Array.Sort(_keys, 0, _count);
        for (var i = 0; i < _count; i++)
        {
            _sorted[i] = _terms[(uint)_keys[i]];
        }

        (_terms, _sorted) = (_sorted, _terms);
    }

    private void Merge()
    {
        var merged = 0;
        for (var i = 0; i < _count;)
        {
            var variable = _terms[i].Variable;
            var sum = _terms[i].Coefficient;
            for (i++; i < _count && _terms[i].Variable == variable; i++)
            {
                sum += _terms[i].Coefficient;
            }

            if (!sum.IsZero)
            {
                _terms[merged++] = new Term(variable, sum);
            }
        }

        _count = merged;
    }
}
