namespace Federation.Proofs.Msm;

/// <summary>Checks of what is given to a multi-scalar multiplication.</summary>
internal static class MsmSpans
{
    /// <summary>Bases and scalars go together.</summary>
    public static void RequireSame(int bases, int scalars)
    {
        if (bases != scalars)
        {
            throw new ArgumentException($"{bases} bases do not go with {scalars} scalars.");
        }
    }

    /// <summary>Each scalar has a bit, unless there are none at all.</summary>
    public static void RequireDensity(int words, int scalars)
    {
        if (words != 0 && words < (scalars + 63) / 64)
        {
            throw new ArgumentException($"A density of {words} words is too short for {scalars} scalars.");
        }
    }
}
