namespace Federation.Proofs.Labels;

/// <summary>One of the sectors that are labelled in lockstep.</summary>
/// <param name="replicaId">Replica id.</param>
/// <param name="folder">Existing cache folder, of its own.</param>
/// <param name="cancellationToken">Takes this sector out; the others go on.</param>
internal sealed class LaneSector(Bytes32 replicaId, string folder, CancellationToken cancellationToken)
{
    /// <summary>Replica id.</summary>
    public Bytes32 ReplicaId => replicaId;

    /// <summary>Cache folder.</summary>
    public string Folder => folder;

    /// <summary>Why the sector fell out; null while it is in.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>True while the sector is in.</summary>
    public bool IsIn => Failure is null;

    /// <summary>Does something for the sector while it is in; a failure of its files takes it out.</summary>
    public void Try(Action<LaneSector> step)
    {
        if (!IsIn)
        {
            return;
        }

        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            step(this);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Failure = failure;
        }
        catch (OperationCanceledException cancelled) when (cancelled.CancellationToken == cancellationToken)
        {
            Failure = cancelled;
        }
    }
}
