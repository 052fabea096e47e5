using System.CommandLine;
using System.CommandLine.Parsing;

namespace Federation.Hosting.Cli;

/// <summary>Puts what is wrong with a command line into one sentence, in place of the whole help.</summary>
internal static class UsageError
{
    /// <summary>
    /// The error of a command line that cannot be run; null when it can, or when only its end is missing, as in
    /// <c>miner sectors</c>: there the help is what was asked for.
    /// </summary>
    public static OperatorException? Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var isEndMissing = command is { Action: null, Subcommands.Count: > 0 } && parsed.UnmatchedTokens.Count == 0;
        if (parsed.Errors.Count == 0 || isEndMissing)
        {
            return null;
        }

        // A command that does something by itself may have commands too: what looks like an option is meant as one.
        var isOwn = command.Action is not null && parsed.UnmatchedTokens is not [[not '-', ..], ..];
        var path = PathOf(parsed.CommandResult);
        var known = command.Subcommands.Where(static sub => !sub.Hidden).Select(static sub => sub.Name).ToArray();
        return known.Length == 0 || isOwn
            ? new OperatorException(Sentence(parsed, command), $"see '{path} --help'")
            : new OperatorException(
                $"'{parsed.UnmatchedTokens[0]}' is no command of '{path}'",
                $"its commands are {Join(known)}; see '{path} --help'");
    }

    private static string Sentence(ParseResult parsed, Command command)
    {
        string[] missing =
        [
            .. command.Options
                .Where(option => option.Required && parsed.GetResult(option) is null or { IdentifierToken: null })
                .Select(static option => option.Name),
            .. command.Arguments.Where(argument => argument.Arity.MinimumNumberOfValues > Count(parsed, argument))
                .Select(static argument => $"<{argument.Name}>"),
        ];
        string[] sentences =
        [
            .. parsed.UnmatchedTokens.Select(static token => $"'{token}' is no option or argument of this command"),
            .. parsed.Errors.Select(static error => WrongValue(error)).OfType<string>(),
            .. missing.Length == 0 ? [] : new[] { $"{Join(missing)} {(missing.Length == 1 ? "is" : "are")} missing" },
        ];
        return sentences.Length > 0
            ? string.Join("; ", sentences.Distinct(StringComparer.Ordinal))
            : string.Join("; ", parsed.Errors.Select(static error => error.Message.TrimEnd('.')));
    }

    /// <summary>Null where the error is not about one value.</summary>
    private static string? WrongValue(ParseError error) => error.SymbolResult switch
    {
        ArgumentResult { Parent: OptionResult option } value => Text(value, option.Option.Name),
        ArgumentResult { Tokens.Count: > 0 } value => Text(value, $"<{value.Argument.Name}>"),
        OptionResult { IdentifierToken: null } => null,
        // A validator of ours, which begins with the option's name, says more than that the value is wrong.
        OptionResult { Tokens.Count: 1 } option
            when error.Message.StartsWith(option.Option.Name, StringComparison.Ordinal) => error.Message.TrimEnd('.'),
        OptionResult option => Text(option, option.Option.Name),
        _ => null,
    };

    private static string Text(SymbolResult value, string name) => value.Tokens.Count == 0
        ? $"{name} needs a value"
        : $"'{string.Join(' ', value.Tokens.Select(static token => token.Value))}' is no value of {name}";

    private static int Count(ParseResult parsed, Argument argument) => parsed.GetResult(argument)?.Tokens.Count ?? 0;

    private static string PathOf(CommandResult result)
    {
        var names = new List<string>();
        for (SymbolResult? at = result; at is CommandResult command; at = at.Parent)
        {
            names.Insert(0, command.Command.Name);
        }

        return string.Join(' ', names);
    }

    private static string Join(string[] names) => names.Length == 1
        ? names[0]
        : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";
}
