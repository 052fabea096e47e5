using Federation.Miner.Shelf;
using Federation.Proofs.Groth16.Parameters;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Federation.Miner.Tests.Shelf;

/// <summary>Verifying keys of a folder.</summary>
internal static class TestKeys
{
    /// <summary>A folder that is not there.</summary>
    public static VerifyingKeys None => In(Path.Combine(Path.GetTempPath(), "federation-no-parameters"));

    public static VerifyingKeys In(string folder, ParameterPolicy? policy = null, ILogger<VerifyingKeys>? logger = null) =>
        new(new ParameterCache(folder), policy ?? ParameterPolicy.Devnet, logger ?? NullLogger<VerifyingKeys>.Instance);
}
