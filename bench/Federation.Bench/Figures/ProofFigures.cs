using Federation.Proofs.Post;

namespace Federation.Bench.Figures;

/// <summary>Figures of whole Groth16 proofs, of sectors of 2 KiB.</summary>
internal static class ProofFigures
{
    /// <summary>New ones, not yet prepared.</summary>
    public static IReadOnlyList<IFigure> Create() =>
    [
        new PostProofRun(PostKind.Window, cycles: 6e9),
        new PostProofRun(PostKind.Winning, cycles: 20e9),
        new Commit2Run(),
        new Commit2Memory(),
        new ParameterGeneration(),
    ];
}
