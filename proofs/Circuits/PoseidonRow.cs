using Federation.Proofs.Fields;

namespace Federation.Proofs.Circuits;

/// <summary>A row of <see cref="PoseidonRows"/>: left · right = the next new variable - constant.</summary>
internal sealed record PoseidonRow(PoseidonTerm[] Left, PoseidonTerm[] Right, Fr Constant);
