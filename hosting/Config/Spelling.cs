namespace Federation.Hosting.Config;

/// <summary>Finds what someone may have meant.</summary>
public static class Spelling
{
    /// <summary>
    /// <c>; did you mean X?</c> with the candidate nearest to a word, or nothing when none is near: letter case is
    /// free, and one edit in three characters is allowed.
    /// </summary>
    public static string Suggest(string word, IEnumerable<string> candidates, Func<string, string>? show = null)
    {
        ArgumentNullException.ThrowIfNull(word);
        var best = candidates.Select(c => (Text: c, Distance: Distance(word.ToUpperInvariant(), c.ToUpperInvariant())))
            .OrderBy(c => c.Distance).ThenBy(c => c.Text, StringComparer.Ordinal).FirstOrDefault();
        return best.Text is not null && best.Distance <= Math.Max(1, word.Length / 3)
            ? $"; did you mean {show?.Invoke(best.Text) ?? best.Text}?" : "";
    }

    /// <summary>Edits from one word to another: insert, delete, replace, and swap of neighbours.</summary>
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    d[i, j] = i + j;
                    continue;
                }

                var replace = d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                d[i, j] = Math.Min(replace, Math.Min(d[i - 1, j], d[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}
