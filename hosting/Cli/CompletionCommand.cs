using System.CommandLine;

namespace Federation.Hosting.Cli;

/// <summary>
/// Prints what makes a shell complete a program's commands; the program itself answers what may follow.
/// </summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _PROGRAM_complete() {
            local IFS=$'\n'
            local answers="$("${COMP_WORDS[0]}" "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)"
            COMPREPLY=($(compgen -W "${answers}" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -F _PROGRAM_complete PROGRAM

        """;

    private const string Zsh = """
        #compdef PROGRAM
        _PROGRAM_complete() {
            local -a answers
            answers=("${(@f)$("${words[1]}" "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
            compadd -- "${answers[@]}"
        }
        compdef _PROGRAM_complete PROGRAM

        """;

    internal static Command Create(RootCommand root)
    {
        var shell = new Argument<string>("shell") { Description = "bash or zsh" };
        shell.AcceptOnlyFromAmong("bash", "zsh");
        var command = new Command("completion", $"Print what completes commands: source <({root.Name} completion bash)")
        {
            shell,
        };
        command.SetAction(parsed =>
        {
            var script = parsed.GetValue(shell) == "bash" ? Bash : Zsh;
            parsed.InvocationConfiguration.Output.Write(script.Replace("PROGRAM", root.Name, StringComparison.Ordinal));
            return ExitCode.Success;
        });
        return command;
    }
}
