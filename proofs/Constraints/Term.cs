using Federation.Proofs.Fields;

namespace Federation.Proofs.Constraints;

/// <summary>A variable times a coefficient.</summary>
/// <param name="Variable">Variable.</param>
/// <param name="Coefficient">Factor.</param>
public readonly record struct Term(Variable Variable, Fr Coefficient);
