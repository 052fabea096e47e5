namespace Federation.Proofs.Groth16.Parameters;

/// <summary>Which parameters may be used. Immutable.</summary>
/// <param name="AllowTestParameters">
/// Take files that are not Filecoin's: only in a devnet. Default false.
/// </param>
/// <param name="VerifyDigests">
/// Digest whole files before they are used, as FIL_PROOFS_VERIFY_PRODUCTION_PARAMS asks for, and take none but
/// Filecoin's. Default false: the verifying key, with which every parameter file begins, tells whose it is.
/// </param>
public sealed record ParameterPolicy(bool AllowTestParameters, bool VerifyDigests)
{
    /// <summary>Filecoin's parameters only, known by their verifying keys.</summary>
    public static ParameterPolicy Production { get; } = new(AllowTestParameters: false, VerifyDigests: false);

    /// <summary>Any parameters: for devnets and tests.</summary>
    public static ParameterPolicy Devnet { get; } = new(AllowTestParameters: true, VerifyDigests: false);

    /// <summary>Throws unless parameters of this origin may be used.</summary>
    /// <exception cref="ParameterFileException">They may not; the reason says which rule forbids it.</exception>
    internal void Require(ParameterOrigin origin, string path)
    {
        if (origin == ParameterOrigin.Official)
        {
            return;
        }

        if (VerifyDigests)
        {
            throw new ParameterFileException(
                path, "its digest is not Filecoin's, which FIL_PROOFS_VERIFY_PRODUCTION_PARAMS asks for");
        }

        if (!AllowTestParameters)
        {
            throw new ParameterFileException(path, "it holds test parameters, which only a devnet may use");
        }
    }
}
