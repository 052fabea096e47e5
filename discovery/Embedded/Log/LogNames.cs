using System.Globalization;

namespace Federation.Discovery.Embedded.Log;

/// <summary>The names of the store's files, which carry the number of a batch.</summary>
internal static class LogNames
{
    private const string LogPrefix = "log-";
    private const string SnapshotPrefix = "snapshot-";
    private const string Unfinished = ".tmp";
    private const int NumberDigits = 16;

    /// <summary>The log that begins with this batch.</summary>
    public static string Log(ulong firstBatch) => LogPrefix + Number(firstBatch);

    /// <summary>The snapshot of everything up to this batch.</summary>
    public static string Snapshot(ulong lastBatch) => SnapshotPrefix + Number(lastBatch);

    /// <summary>A snapshot on its way.</summary>
    public static string UnfinishedSnapshot(ulong lastBatch) => Snapshot(lastBatch) + Unfinished;

    public static bool IsUnfinished(string name) => name.EndsWith(Unfinished, StringComparison.Ordinal);

    public static bool TryParseLog(string name, out ulong firstBatch) => TryParse(name, LogPrefix, out firstBatch);

    public static bool TryParseSnapshot(string name, out ulong lastBatch) =>
        TryParse(name, SnapshotPrefix, out lastBatch);

    private static string Number(ulong batch) => batch.ToString("x16", CultureInfo.InvariantCulture);

    private static bool TryParse(string name, string prefix, out ulong batch)
    {
        batch = 0;
        return name.Length == prefix.Length + NumberDigits
            && name.StartsWith(prefix, StringComparison.Ordinal)
            && ulong.TryParse(
                name.AsSpan(prefix.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out batch);
    }
}
