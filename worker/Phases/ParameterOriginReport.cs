using Federation.Proofs.Groth16.Parameters;

namespace Federation.Worker.Phases;

/// <summary>
/// Says whose parameters a phase used. Whoever runs a phase by hand sees it: that they are a devnet's is no reason to
/// refuse.
/// </summary>
internal static class ParameterOriginReport
{
    /// <summary>Names test parameters where a phase says what its result alone does not.</summary>
    public static async Task WarnAsync(PhaseInput input, ParameterOrigin origin, string path)
    {
        if (origin == ParameterOrigin.TestParameters)
        {
            await input.Error.WriteLineAsync($"{origin}: {path}");
        }
    }
}
