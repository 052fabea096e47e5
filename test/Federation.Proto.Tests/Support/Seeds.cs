using System.Globalization;

namespace Federation.Proto.Tests.Support;

/// <summary>How many random cases a fuzz test runs and from which seed: both can be set from outside.</summary>
internal static class Seeds
{
    private const int OrdinaryCases = 100_000;

    public static int Cases => Number("FEDERATION_FUZZ_CASES", OrdinaryCases);

    public static int Seed => Number("FEDERATION_FUZZ_SEED", 20_240_611);

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var value)
            ? value
            : otherwise;
}
