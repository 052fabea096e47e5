namespace Federation.Proofs;

/// <summary>How far a running phase is.</summary>
/// <param name="Stage">What it does now, in the field's words: <c>tree-d</c>, <c>layer 3/11</c>, <c>tree-c</c>.</param>
/// <param name="Fraction">Part of the whole phase that is done, 0 to 1; never falls.</param>
public readonly record struct PhaseProgress(string Stage, double Fraction);
