using Federation.Proofs.Constraints;

namespace Federation.Proofs.Circuits;

/// <summary>
/// Equalities of numbers of a few bits, stated several to a row: side by side, as many as fit below the field's
/// modulus. The last ones are stated at <see cref="Flush"/>.
/// </summary>
internal sealed class PackedEqualities(ConstraintSystem system)
{
    private int _used;

    /// <summary>Where the left sides of the next row are added up.</summary>
    internal LinearCombination Left { get; } = system.NewCombination();

    /// <summary>Where the right sides of the next row are added up.</summary>
    internal LinearCombination Right { get; } = system.NewCombination();

    /// <summary>
    /// Begins an equality of two numbers below 2^<paramref name="bits"/>, which the caller adds to <see cref="Left"/>
    /// and <see cref="Right"/> times 2^result.
    /// </summary>
    internal int Begin(int bits)
    {
        if (_used + bits >= FrPowers.Capacity)
        {
            Flush();
        }

        var shift = _used;
        _used += bits;
        return shift;
    }

    /// <summary>States what has been added since the last row.</summary>
    internal void Flush()
    {
        if (_used == 0)
        {
            return;
        }

        system.A.Add(Left);
        system.B.Add(Variable.One);
        system.C.Add(Right);
        system.Enforce();
        Left.Clear();
        Right.Clear();
        _used = 0;
    }
}
