using System.Text.Json;
using Federation.Hosting.Config;
using Federation.Hosting.JsonRpc;

namespace Federation.Hosting.Cli;

/// <summary>What a command writes to: results to one stream, errors to another, as text or as JSON.</summary>
/// <param name="Out">Where results go.</param>
/// <param name="Error">Where errors and remarks go.</param>
/// <param name="Json">Whether scripts read the result: one JSON value instead of text.</param>
public sealed record CliConsole(TextWriter Out, TextWriter Error, bool Json)
{
    private static readonly JsonSerializerOptions Options = new(JsonRpcJson.Options) { WriteIndented = true };

    /// <summary>Writes a result, as JSON when that was asked for, else as text.</summary>
    public void Write<T>(T result, Func<T, string> text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Json)
        {
            Out.WriteLine(JsonSerializer.Serialize(result, Options));
        }
        else
        {
            Out.Write(text(result));
        }
    }

    /// <summary>
    /// Writes an error: <c>ERROR: </c> and its text as Lotus does, the remedy on the second line (Lotus leaves that one
    /// empty); or one JSON object.
    /// </summary>
    public void WriteError(string message, string? remedy)
    {
        if (Json)
        {
            Error.WriteLine(JsonSerializer.Serialize(new { error = message, remedy }, JsonRpcJson.Options));
            return;
        }

        Error.WriteLine($"ERROR: {message}");
        Error.WriteLine(remedy ?? "");
    }

    /// <summary>Writes an exception that an operator can put right; false when it is none.</summary>
    public bool TryWriteError(Exception exception)
    {
        switch (exception)
        {
            case ConfigException { Errors.Count: > 1 } config when !Json:
                foreach (var error in config.Errors)
                {
                    Error.WriteLine($"ERROR: {error}");
                }

                return true;
            case OperatorException e:
                WriteError(e.Message, e.Remedy);
                return true;
            case JsonRpcException e:
                WriteError(e.Message, remedy: null);
                return true;
            default:
                return false;
        }
    }
}
