using System.CommandLine;
using Federation.Worker.Circuits;
using Federation.Worker.Parameters;
using Federation.Worker.Phases;
using Federation.Worker.Run;

namespace Federation.Worker.Tests;

/// <summary>No command takes what must be drawn: a prover's r and s, or the secrets of parameters.</summary>
public sealed class CommandSecrecyTests
{
    private static readonly string[] Secrets =
        ["alpha", "beta", "gamma", "delta", "tau", "secret", "secrets", "toxic", "waste", "entropy"];

    [Fact]
    public void Options_OfEveryCommand_NameNoSecret()
    {
        Command[] commands =
        [
            RunCommand.Create(), InfoCommand.Create(), PhaseCommand.Create(), ParametersCommand.Create(),
            CircuitCommand.Create(),
        ];
        var options = commands.SelectMany(WithSubcommands).SelectMany(command => command.Options)
            .SelectMany(option => option.Aliases.Append(option.Name)).Distinct().ToList();

        Assert.Contains("--sector-size", options);
        Assert.Contains("--proof", options);
        Assert.DoesNotContain(options, option => option.TrimStart('-') is "r" or "s");
        Assert.DoesNotContain(options, option => option.TrimStart('-').Split('-').Intersect(Secrets).Any());
    }

    /// <summary>Its options are these: whoever adds one has to look here.</summary>
    [Fact]
    public void Options_OfGenerate_AreThese()
    {
        var generate = ParametersCommand.Create().Subcommands.Single(command => command.Name == "generate");

        Assert.Equal(
            ["--circuit", "--output-dir", "--sector-size", "--threads"],
            generate.Options.Select(option => option.Name).Order(StringComparer.Ordinal));
        Assert.Empty(generate.Arguments);
    }

    private static IEnumerable<Command> WithSubcommands(Command command) =>
        command.Subcommands.SelectMany(WithSubcommands).Prepend(command);
}
