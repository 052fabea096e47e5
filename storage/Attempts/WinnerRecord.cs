using Federation.Storage.Files;

namespace Federation.Storage.Attempts;

/// <summary>
/// The attempt that was accepted for a phase under an order, and its files. Kept beside the attempts as
/// <c>winner-&lt;order&gt;.json</c> while the files are being renamed, and as
/// <c>published-&lt;order&gt;.json</c> after.
/// </summary>
internal sealed record WinnerRecord(string Attempt, IReadOnlyList<AttemptFile> Files)
{
    private const string Extension = ".json";

    public static string NameWhilePublishing(uint order) => $"winner-{order}{Extension}";

    public static string NameOncePublished(uint order) => $"published-{order}{Extension}";

    /// <summary>True for what a crash left of writing the record of this order.</summary>
    public static bool IsDraft(string name, uint order) =>
        name.StartsWith(NameWhilePublishing(order) + '.', StringComparison.Ordinal)
        && name.EndsWith(FileLayerExtensions.TemporarySuffix, StringComparison.Ordinal);

    /// <summary>The order of a record's file name, of either kind.</summary>
    public static bool TryParseName(string name, out uint order)
    {
        order = 0;
        var dash = name.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && name.EndsWith(Extension, StringComparison.Ordinal)
            && uint.TryParse(name.AsSpan(dash + 1, name.Length - dash - 1 - Extension.Length), out order)
            && (name == NameWhilePublishing(order) || name == NameOncePublished(order));
    }
}
