using System.Globalization;

namespace Federation.Miner.Shelf;

/// <summary>Names of proof files: <c>s-t01000-7.c1</c>.</summary>
internal static class ProofFileName
{
    private const string Extension = ".c1";

    public static string Of(string miner, ulong sector) =>
        string.Create(CultureInfo.InvariantCulture, $"s-{miner}-{sector}{Extension}");

    public static bool TryParse(string name, string miner, out ulong sector)
    {
        var prefix = $"s-{miner}-";
        sector = 0;
        return name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(Extension, StringComparison.Ordinal)
            && name.Length > prefix.Length + Extension.Length
            && ulong.TryParse(name.AsSpan(prefix.Length..^Extension.Length), NumberStyles.None,
                CultureInfo.InvariantCulture, out sector)
            && name == Of(miner, sector);
    }
}
