using Spectre.Console;

namespace Federation.Launcher.Tests;

/// <summary>A console without colours that writes into memory.</summary>
internal static class TextConsole
{
    public static (IAnsiConsole Console, StringWriter Output) NewConsole(int height)
    {
        var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(output),
        });
        (console.Profile.Width, console.Profile.Height, console.Profile.Capabilities.Unicode) = (200, height, true);
        return (console, output);
    }

    public static string Lines(StringWriter output) =>
        string.Join('\n', output.ToString().Split('\n').Select(line => line.TrimEnd())).TrimEnd();
}
