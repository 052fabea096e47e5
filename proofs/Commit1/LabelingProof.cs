namespace Federation.Proofs.Commit1;

/// <summary>The parents that a label was made of.</summary>
/// <param name="Parents">37 labels, repeated in order as in the label's preimage, 32 bytes each.</param>
/// <param name="LayerIndex">Layer, counted from 1.</param>
/// <param name="Node">Node.</param>
public sealed record LabelingProof(ReadOnlyMemory<byte> Parents, uint LayerIndex, ulong Node);
