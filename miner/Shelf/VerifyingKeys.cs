using System.Collections.Concurrent;
using Federation.Miner.Sectors;
using Federation.Proofs.Groth16;
using Federation.Proofs.Groth16.Parameters;
using Microsoft.Extensions.Logging;

namespace Federation.Miner.Shelf;

/// <summary>
/// The verifying keys in the parameter cache, each read when it is first needed and again when its file has changed.
/// The log names those that are not Filecoin's. Thread-safe; reading one takes up to seconds.
/// </summary>
internal sealed partial class VerifyingKeys(
    ParameterCache cache, ParameterPolicy policy, ILogger<VerifyingKeys> logger)
{
    private const string Remedy =
        "name the folder that holds it by FIL_PROOFS_PARAMETER_CACHE, or copy it there from a worker's";

    private readonly ConcurrentDictionary<CircuitId, (DateTime Written, Groth16Verifier Verifier)> _verifiers = [];

    /// <summary>What the environment names, for work of a devnet.</summary>
    public static VerifyingKeys OfDevnet(ILogger<VerifyingKeys> logger)
    {
        var settings = ParameterSettings.Read(Environment.GetEnvironmentVariable);
        return new VerifyingKeys(settings.Cache, settings.Policy(devnet: true), logger);
    }

    /// <summary>The verifier of a circuit.</summary>
    /// <exception cref="ProofUnjudgedException">
    /// Its key is missing or damaged: one sentence that names the file.
    /// </exception>
    public Groth16Verifier Of(CircuitId circuit)
    {
        var written = File.GetLastWriteTimeUtc(cache.PathOf(circuit, ParameterFile.VerifyingKey));
        if (_verifiers.TryGetValue(circuit, out var known) && known.Written == written)
        {
            return known.Verifier;
        }

        var key = Read(circuit);
        if (key.Origin == ParameterOrigin.TestParameters)
        {
            LogTestParameters(key.Path);
        }

        var verifier = new Groth16Verifier(key.Key);
        _verifiers[circuit] = (written, verifier);
        return verifier;
    }

    /// <summary>Reads a key before it is needed, so that a missing one is said at once; it is not missed yet.</summary>
    public void Prepare(CircuitId circuit)
    {
        try
        {
            Of(circuit);
        }
        catch (ProofUnjudgedException error)
        {
            LogUnusable(error.Message);
        }
    }

    private CircuitKey Read(CircuitId circuit)
    {
        try
        {
            return CircuitKey.Read(cache, circuit, policy);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ProofUnjudgedException($"proofs cannot be verified: {error.Message}: {Remedy}", error);
        }
    }

    [LoggerMessage(3301, LogLevel.Warning, "TestParameters: {Path} is not Filecoin's, only a devnet takes its proofs")]
    private partial void LogTestParameters(string path);

    [LoggerMessage(3302, LogLevel.Warning, "{Problem}")]
    private partial void LogUnusable(string problem);
}
