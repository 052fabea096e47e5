using Federation.Proofs.Constraints;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Circuits;

/// <summary>A variable and its value, which means nothing without a witness.</summary>
internal readonly record struct Num(Variable Variable, Fr Value);
