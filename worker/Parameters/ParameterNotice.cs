using System.Collections.Concurrent;
using Federation.Proofs.Groth16.Parameters;
using Microsoft.Extensions.Logging;

namespace Federation.Worker.Parameters;

/// <summary>
/// What the log says of parameter files: once of each that is not Filecoin's that it is none of Filecoin's.
/// Thread-safe.
/// </summary>
public sealed partial class ParameterNotice(ILogger<ParameterNotice> logger)
{
    private readonly ConcurrentDictionary<string, bool> _named = new(StringComparer.Ordinal);

    /// <summary>A file is used, or is going to be.</summary>
    public void Used(ParameterOrigin origin, string path)
    {
        if (origin == ParameterOrigin.TestParameters && _named.TryAdd(path, true))
        {
            LogTestParameters(path);
        }
    }

    /// <summary>C2 is left out for want of a file.</summary>
    public void NotOffered(string missing, string remedy) => LogNotOffered(missing, remedy);

    [LoggerMessage(5300, LogLevel.Warning, "TestParameters: {Path} is not Filecoin's, only a devnet takes its proofs")]
    private partial void LogTestParameters(string path);

    [LoggerMessage(5301, LogLevel.Warning, "{Missing}: {Remedy}")]
    private partial void LogNotOffered(string missing, string remedy);
}
