namespace Federation.Proofs.Trees;

/// <summary>Takes leaves that are finished; called in their order, by one thread at a time, each leaf once.</summary>
internal delegate void LeafWriter(long firstLeaf, ReadOnlySpan<byte> leaves);
