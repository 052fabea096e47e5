namespace Federation.Worker.Run;

/// <summary>What the system says to programs that ask for huge pages, as <c>--huge-pages</c> makes PC1 do.</summary>
public static class HugePageSetting
{
    private const string Source = "/sys/kernel/mm/transparent_hugepage/enabled";

    /// <summary>always, madvise (whoever asks), never, or none where the system has no such setting.</summary>
    public static string Read() => File.Exists(Source) ? Parse(File.ReadAllText(Source)) : "none";

    /// <summary>The chosen one is in brackets.</summary>
    internal static string Parse(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .FirstOrDefault(word => word is ['[', .., ']'])?[1..^1] ?? "none";
}
