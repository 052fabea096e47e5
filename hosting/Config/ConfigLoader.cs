using System.Collections;
using Federation.Toml;

namespace Federation.Hosting.Config;

/// <summary>Loads a program's configuration from its <c>config.toml</c> and the environment.</summary>
public static class ConfigLoader
{
    private const int MaxFileBytes = 1 << 20;

    /// <summary>Loads a file; one that is missing counts as empty, as in Lotus.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bind">Builds the program's record from a reader.</param>
    /// <param name="environment">The variables, by default those of this process.</param>
    /// <exception cref="ConfigException">Something is wrong; everything that is, is said.</exception>
    public static ConfigResult<T> Load<T>(
        string path, Func<ConfigReader, T> bind, IReadOnlyDictionary<string, string>? environment = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Bind(ReadFile(path), path, bind, environment);
    }

    /// <summary>
    /// Binds a document that is already in memory; <paramref name="sourceName"/> is what errors call it.
    /// </summary>
    /// <exception cref="ConfigException">Something is wrong; everything that is, is said.</exception>
    public static ConfigResult<T> Bind<T>(
        ReadOnlySpan<byte> document,
        string sourceName,
        Func<ConfigReader, T> bind,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        ArgumentNullException.ThrowIfNull(bind);
        TomlTable root;
        try
        {
            root = TomlDocument.Parse(document, sourceName);
        }
        catch (TomlException e)
        {
            throw new ConfigException([e.Message], e);
        }

        var reader = new ConfigReader(root, sourceName, environment ?? ProcessEnvironment());
        var value = bind(reader);
        reader.ReportUnknown();
        return reader.Errors.Count == 0
            ? new ConfigResult<T>(value, reader.Warnings, reader.Keys)
            : throw new ConfigException(reader.Errors);
    }

    /// <summary>The variables of this process.</summary>
    public static IReadOnlyDictionary<string, string> ProcessEnvironment() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? "", StringComparer.Ordinal);

    private static byte[] ReadFile(string path)
    {
        try
        {
            var length = File.Exists(path) ? new FileInfo(path).Length : 0;
            return length == 0 ? []
                : length <= MaxFileBytes ? File.ReadAllBytes(path)
                : throw new ConfigException([$"{path}: the file has {length} bytes; {MaxFileBytes} are allowed."]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigException([$"{path}: the configuration cannot be read: {e.Message}"], e);
        }
    }
}
