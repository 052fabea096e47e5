namespace Federation.Launcher.Layout;

/// <summary>How <see cref="ProofKind"/> is typed.</summary>
internal static class ProofKinds
{
    /// <summary>The value of <c>--proofs</c>.</summary>
    public static string OptionText(this ProofKind kind) => kind == ProofKind.Groth16 ? "groth16" : "vanilla";
}
