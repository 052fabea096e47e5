using Federation.Proofs.Fields;

namespace Federation.Proofs.Circuits;

/// <summary>
/// A term of <see cref="PoseidonRows"/>. Local variable 0 is the constant one, then come the hash's inputs, then the
/// variables that the rows allocate.
/// </summary>
internal readonly record struct PoseidonTerm(int Local, Fr Coefficient);
