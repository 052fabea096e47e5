using System.CommandLine;

namespace Federation.Worker.Phases;

/// <summary>
/// Refuses a command line that names one file twice where the phase would write to it: a replica that is typed behind
/// <c>--data-out</c> too would be lost before anybody reads a message.
/// </summary>
internal static class DistinctFiles
{
    /// <summary>Compares each file that the command writes with all others that were typed.</summary>
    /// <exception cref="PhaseException">Two are the same; the message names both options and the file.</exception>
    public static void Require(ParseResult parsed, PhaseOptions options)
    {
        Option[] written = parsed.CommandResult.Command.Name switch
        {
            "ap" => [options.Unsealed],
            "pc1" or "pc2" => [options.Sealed, options.Output],
            "c1" => [options.Commit1Output],
            "unseal" => [options.DataOut, options.UnsealedOut],
            _ => [],
        };
        Option[] files =
        [
            options.PieceData, options.Pieces, options.Unsealed, options.Sealed, options.Commit1Output, options.Output,
            options.DataOut, options.UnsealedOut,
        ];
        var typed = files.Select(option => (Option: option, Path: PathOf(parsed, option)))
            .Where(file => file.Path is not null).ToList();
        foreach (var target in typed.Where(file => written.Contains(file.Option)))
        {
            foreach (var other in typed.Where(file => file.Option != target.Option && file.Path == target.Path))
            {
                throw new PhaseException(
                    PhaseFault.InvalidInput,
                    $"{target.Option.Name} and {other.Option.Name} both name {target.Path}, "
                    + "which would be overwritten");
            }
        }
    }

    /// <summary>Where the file lies, links to it followed; null where the option was not typed.</summary>
    private static string? PathOf(ParseResult parsed, Option option) =>
        parsed.GetResult(option)?.Tokens is not [{ Value: var typed }] ? null
        : new FileInfo(typed) is { LinkTarget: not null } link
            ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName
        : Path.GetFullPath(typed);
}
