using System.Text.RegularExpressions;

namespace Federation.Integration.Tests.Support;

/// <summary>How a command ended, and the lines that it wrote.</summary>
public sealed partial record CommandResult(int ExitCode, IReadOnlyList<string> Lines)
{
    private const string ErrorMark = "ERROR: ", PhaseMark = "worker phase ";

    /// <summary>
    /// One error of a sentence, with its remedy in it or on the next line; before it the log may have warned. No trace.
    /// </summary>
    public void AssertOneError(string sentence, string remedy)
    {
        var all = string.Join('\n', Lines);
        Assert.True(ExitCode == 1, $"exit code {ExitCode}:\n{all}");
        var errors = Lines.Where(IsError).ToList();
        Assert.True(errors.Count == 1, $"{errors.Count} errors:\n{all}");
        var said = Lines.SkipWhile(static line => !IsError(line)).Where(static line => line.Length > 0).ToList();
        Assert.True(said.Count <= 2, $"more than a sentence and its remedy:\n{all}");
        Assert.True(said[0].Contains(sentence, StringComparison.Ordinal), $"'{sentence}' is not said:\n{all}");
        Assert.True(said[^1].Contains(remedy, StringComparison.Ordinal), $"the remedy '{remedy}' is not said:\n{all}");
        Assert.DoesNotContain(Lines, static line => line.StartsWith("   at ", StringComparison.Ordinal));
    }

    /// <summary>At most one warning before the error, however long was tried.</summary>
    public void AssertOneWarningAtMost() => Assert.True(
        Lines.Count(static line => line.Contains("\tWARN\t", StringComparison.Ordinal)) <= 1, string.Join('\n', Lines));

    // A phase that takes seconds, on a machine that is busy, tells how far it is before it says what is wrong.
    private static bool IsError(string line) =>
        line.StartsWith(ErrorMark, StringComparison.Ordinal)
        || (line.StartsWith(PhaseMark, StringComparison.Ordinal) && !Progress().IsMatch(line));

    [GeneratedRegex(@" \d+ %(, [0-9hms.]+ left)?$")]
    private static partial Regex Progress();
}
