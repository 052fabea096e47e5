namespace Federation.Proofs.Groth16.Parameters;

/// <summary>What the environment says about Groth16 parameters. Immutable.</summary>
/// <param name="Cache">FIL_PROOFS_PARAMETER_CACHE, or the folder that rust-fil-proofs uses.</param>
/// <param name="VerifyDigests">FIL_PROOFS_VERIFY_PRODUCTION_PARAMS is on.</param>
public sealed record ParameterSettings(ParameterCache Cache, bool VerifyDigests)
{
    /// <summary>Names the folder of parameter files.</summary>
    public const string CacheVariable = "FIL_PROOFS_PARAMETER_CACHE";

    /// <summary>Asks for whole digests, and for Filecoin's parameters only.</summary>
    public const string VerifyVariable = "FIL_PROOFS_VERIFY_PRODUCTION_PARAMS";

    /// <summary>Reads the settings; a folder given on the command line outranks the environment.</summary>
    public static ParameterSettings Read(Func<string, string?> environment, string? directory = null)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var named = new[] { directory, environment(CacheVariable), ParameterCache.DefaultDirectory };
        return new ParameterSettings(
            new ParameterCache(named.First(text => !string.IsNullOrWhiteSpace(text))!),
            IsSet(environment(VerifyVariable)));
    }

    /// <summary>
    /// True for a switch of rust-fil-proofs that is on: anything but 0, false, off, no and nothing. What is not
    /// understood counts as on, since these switches ask for checks.
    /// </summary>
    public static bool IsSet(string? text) =>
        text?.Trim().ToUpperInvariant() is not (null or "" or "0" or "FALSE" or "OFF" or "NO");

    /// <summary>Which parameters may be used.</summary>
    /// <param name="devnet">True for work of a devnet, which has no trusted setup.</param>
    public ParameterPolicy Policy(bool devnet) => new(devnet, VerifyDigests);
}
