namespace Federation.Proofs.PreCommit1;

/// <summary>One sector of a PC1 in lanes.</summary>
/// <param name="Request">What to seal, and where; its cache folder is its own.</param>
/// <param name="CancellationToken">Takes this sector out; the others go on.</param>
public sealed record PreCommit1Lane(PreCommit1Request Request, CancellationToken CancellationToken = default)
{
    /// <summary>
    /// Told at once, on a thread of the batch, when the sector fails or is cancelled by itself: nothing in its folder
    /// is touched from then on. Must return soon. Null: nobody is told before the batch ends.
    /// </summary>
    public Action<Exception>? FallenOut { get; init; }
}
