using Federation.Proofs.Fields;

namespace Federation.Bench.Figures;

/// <summary>Full-size scalars for sums of points.</summary>
internal static class MsmScalars
{
    /// <summary>So many, the same for the same seed.</summary>
    public static Fr[] Create(int count, ulong seed)
    {
        var scalars = new Fr[count];
        var scalar = Fr.FromUInt64(seed).Inverse();
        for (var i = 0; i < count; i++)
        {
            scalars[i] = scalar;
            scalar = scalar.Square() + Fr.One;
        }

        return scalars;
    }
}
