using System.Diagnostics.CodeAnalysis;

namespace Federation.Chain.Messages;

/// <summary>Kinds of proofs as messages, records and configuration write them.</summary>
public static class ProofKindText
{
    /// <summary>The kinds by name.</summary>
    public const string Vanilla = "vanilla", Groth16 = "groth16";

    /// <summary>The kind's name.</summary>
    public static string Format(ProofKind kind) => kind == ProofKind.Groth16 ? Groth16 : Vanilla;

    /// <summary>Reads a name.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ProofKind kind)
    {
        kind = text == Groth16 ? ProofKind.Groth16 : ProofKind.Vanilla;
        return text is Groth16 or Vanilla;
    }
}
