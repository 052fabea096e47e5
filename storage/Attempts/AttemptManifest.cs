namespace Federation.Storage.Attempts;

/// <summary>
/// What a complete attempt holds, kept in its folder as <c>manifest.json</c>: an attempt without one is not
/// complete.
/// </summary>
internal sealed record AttemptManifest(IReadOnlyList<AttemptFile> Files)
{
    public const string FileName = "manifest.json";
}
