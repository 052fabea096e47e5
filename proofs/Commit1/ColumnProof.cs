using Federation.Proofs.Trees;

namespace Federation.Proofs.Commit1;

/// <summary>A node's labels in all layers, and the inclusion of their hash in tree-c.</summary>
/// <param name="Index">Node.</param>
/// <param name="Rows">Labels of layer 1 to the last, 32 bytes each.</param>
/// <param name="Inclusion">Inclusion of the column hash.</param>
public sealed record ColumnProof(uint Index, ReadOnlyMemory<byte> Rows, MerkleProof Inclusion);
