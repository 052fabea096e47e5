using Federation.Hosting.Config;

namespace Federation.Worker.External;

/// <summary>An executable file: an absolute path, or a name that PATH leads to.</summary>
internal static class ProgramType
{
    private const UnixFileMode Executable =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The kind of setting; empty stands for none.</summary>
    public static ConfigType<string> Instance { get; } = ConfigTypes.Parsed<string>(
        "string", "an executable file, as an absolute path or a name that PATH leads to", Parse, path => path);

    /// <summary>The file that a name leads to by PATH; null when there is none.</summary>
    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(IsExecutable);

    private static (string?, string?) Parse(string text)
    {
        if (text.Length == 0)
        {
            return (text, null);
        }

        if (!text.Contains('/'))
        {
            return Find(text) is { } found ? (found, null) : (null, "PATH does not lead to it");
        }

        return !text.StartsWith('/') ? (null, "the path is not absolute")
            : !File.Exists(text) ? (null, "there is no such file")
            : !IsExecutable(text) ? (null, "it is not executable")
            : (text, null);
    }

    private static bool IsExecutable(string path) =>
        !OperatingSystem.IsWindows() && File.Exists(path) && (File.GetUnixFileMode(path) & Executable) != 0;
}
