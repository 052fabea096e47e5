using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Federation.Worker.External;

/// <summary>Processors, written as Linux does: <c>0-3,8</c>. Immutable.</summary>
public sealed class CpuSet
{
    /// <summary>Processors that a set can name: 0 to this minus one.</summary>
    public const int Limit = 1024;

    private const int WordBits = 64;

    private readonly ulong[] _words;

    private CpuSet(string text, ulong[] words) => (Text, _words) = (text, words);

    /// <summary>The set as it was written.</summary>
    public string Text { get; }

    /// <summary>One bit for each processor, as the system takes them.</summary>
    internal ulong[] Words() => [.. _words];

    /// <summary>Reads a set; false, and what is wrong, where it is none.</summary>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out CpuSet? set, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        (set, problem) = (null, null);
        var words = new ulong[Limit / WordBits];
        foreach (var part in text.Split(','))
        {
            if (!TryParseRange(part, out var first, out var last))
            {
                problem = $"\"{part}\" is neither a processor nor a range of them, 0 to {Limit - 1}";
                return false;
            }

            for (var cpu = first; cpu <= last; cpu++)
            {
                words[cpu / WordBits] |= 1UL << (cpu % WordBits);
            }
        }

        set = new CpuSet(text, words);
        return true;
    }

    private static bool TryParseRange(string text, out int first, out int last)
    {
        var ends = text.Split('-');
        last = 0;
        return TryParse(ends[0], out first)
            && (ends.Length == 1 ? (last = first) >= 0 : ends.Length == 2 && TryParse(ends[1], out last))
            && first <= last;
    }

    private static bool TryParse(string text, out int cpu) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out cpu) && cpu < Limit;
}
