namespace Federation.Proofs.Constraints;

/// <summary>A row that does not hold.</summary>
/// <param name="Row">Number, from 0.</param>
/// <param name="Path">Names of the stretches that it stands in, from the outermost, parted by strokes.</param>
public sealed record UnsatisfiedRow(int Row, string Path);
