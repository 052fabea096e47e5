using System.Text.RegularExpressions;

namespace Federation.Worker.Tests.Phases;

/// <summary>
/// What a command says besides its progress, of which there are lines only where the machine is slow.
/// </summary>
internal static partial class StandardError
{
    public static string WithoutProgress(string error) => Progress().Replace(error, "");

    [GeneratedRegex(@"^worker [a-z0-9 ]+: .*\d+ %(, [0-9hms.]+ left)?\n", RegexOptions.Multiline)]
    private static partial Regex Progress();
}
