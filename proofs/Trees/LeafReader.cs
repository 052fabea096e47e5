namespace Federation.Proofs.Trees;

/// <summary>Fills <paramref name="leaves"/> with consecutive leaves; called by many threads, each leaf once.</summary>
internal delegate void LeafReader(long firstLeaf, Span<byte> leaves);
