namespace Federation.Proofs.Curve;

/// <summary>The powers of (1 + u)^((p - 1) / 6) by which the Frobenius map multiplies coefficients.</summary>
internal sealed class FrobeniusPowers
{
    private FrobeniusPowers(in Fp2 first)
    {
        First = first;
        Second = First * first;
        Third = Second * first;
        Fourth = Third * first;
        Fifth = Fourth * first;
    }

    /// <summary>The powers for the extension of degree twelve.</summary>
    public static FrobeniusPowers OfSixths { get; } = new(Endomorphisms.SixthPower);

    /// <summary>For the coefficient of w.</summary>
    public Fp2 First { get; }

    /// <summary>For the coefficient of v = w².</summary>
    public Fp2 Second { get; }

    /// <summary>For the coefficient of v·w.</summary>
    public Fp2 Third { get; }

    /// <summary>For the coefficient of v².</summary>
    public Fp2 Fourth { get; }

    /// <summary>For the coefficient of v²·w.</summary>
    public Fp2 Fifth { get; }
}
