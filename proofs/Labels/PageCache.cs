using System.Globalization;

namespace Federation.Proofs.Labels;

/// <summary>Memory that the system can give to pages of files.</summary>
internal static class PageCache
{
    private const string Field = "MemAvailable:";

    /// <summary>
    /// Half of what is available now, within the process' own limit; 0 where that is not known. The other half is for
    /// those who ask at the same moment.
    /// </summary>
    public static long SpareBytes()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/proc/meminfo"))
        {
            return 0;
        }

        var line = File.ReadLines("/proc/meminfo")
            .FirstOrDefault(one => one.StartsWith(Field, StringComparison.Ordinal));
        var number = line?[Field.Length..].Replace("kB", "", StringComparison.Ordinal);
        return long.TryParse(number, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture, out var kibibytes)
            ? Math.Min(kibibytes << 10, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes) / 2
            : 0;
    }
}
