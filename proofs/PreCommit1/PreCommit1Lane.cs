namespace Federation.Proofs.PreCommit1;

/// <summary>One sector of a PC1 in lanes.</summary>
/// <param name="Request">What to seal, and where; its cache folder is its own.</param>
/// <param name="CancellationToken">Takes this sector out; the others go on.</param>
public sealed record PreCommit1Lane(PreCommit1Request Request, CancellationToken CancellationToken = default);
