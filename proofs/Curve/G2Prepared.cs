namespace Federation.Proofs.Curve;

/// <summary>
/// A point of G2 with the coefficients of all lines that its Miller loop meets: made once for a point that takes part
/// in many pairings, as those of a verifying key do. Immutable and safe to share between threads.
/// </summary>
public sealed class G2Prepared
{
    // One line for each bit of x below the highest, and one for each of those that is set.
    internal const int Lines = 63 + 5;

    private readonly MillerLine[] _lines;

    /// <summary>Works out the lines of a point of G2.</summary>
    public G2Prepared(in G2Affine point)
    {
        IsInfinity = point.IsInfinity;
        _lines = IsInfinity ? [] : new MillerLine[Lines];
        if (!IsInfinity)
        {
            Fill(point, _lines);
        }
    }

    /// <summary>True for the neutral element, whose pairings are all one.</summary>
    public bool IsInfinity { get; }

    internal ref readonly MillerLine this[int index] => ref _lines[index];

    private static void Fill(in G2Affine point, Span<MillerLine> lines)
    {
        var running = new MillerPoint(point);
        int next = 0;
        for (int bit = 62; bit >= 0; bit--)
        {
            running.Double(out lines[next++]);
            if (((Endomorphisms.NegativeX >> bit) & 1) != 0)
            {
                running.Add(point, out lines[next++]);
            }
        }
    }
}
