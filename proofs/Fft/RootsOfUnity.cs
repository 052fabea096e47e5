using Federation.Proofs.Fields;

namespace Federation.Proofs.Fft;

/// <summary>The roots of unity of the scalar field whose orders are powers of two.</summary>
public static class RootsOfUnity
{
    /// <summary>2^32 divides r - 1, and no higher power does.</summary>
    public const int MaxLogOrder = 32;

    // 2^32 · this + 1 = r.
    private static readonly ulong[] OddPart =
        [0xfffe5bfeffffffff, 0x09a1d80553bda402, 0x299d7d483339d808, 0x0000000073eda753];

    private static readonly Fr[] ByLogOrder = All(Generator.PowVarTime(OddPart));
    private static readonly Fr[] InverseByLogOrder = All(ByLogOrder[MaxLogOrder].Inverse());

    /// <summary>The least generator of the multiplicative group, 7: also the shift of cosets.</summary>
    public static Fr Generator => Fr.FromUInt64(7);

    /// <summary>The root of order 2^<paramref name="logOrder"/>: the generator's power.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The field has no root of such an order.</exception>
    public static Fr Root(int logOrder) => ByLogOrder[Checked(logOrder)];

    /// <summary>Its inverse.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The field has no root of such an order.</exception>
    public static Fr InverseRoot(int logOrder) => InverseByLogOrder[Checked(logOrder)];

    private static int Checked(int logOrder)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(logOrder);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(logOrder, MaxLogOrder);
        return logOrder;
    }

    private static Fr[] All(Fr greatest)
    {
        var roots = new Fr[MaxLogOrder + 1];
        roots[MaxLogOrder] = greatest;
        for (int log = MaxLogOrder - 1; log >= 0; log--)
        {
            roots[log] = roots[log + 1].Square();
        }

        return roots;
    }
}
