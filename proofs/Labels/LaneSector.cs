namespace Federation.Proofs.Labels;

/// <summary>
/// One of the sectors that are labelled in lockstep, with the file of the layer that it is at. Not thread-safe.
/// </summary>
/// <param name="replicaId">Replica id.</param>
/// <param name="folder">Existing cache folder, of its own.</param>
/// <param name="cancellationToken">Takes this sector out; the others go on.</param>
/// <param name="fallenOut">Told once, when the sector falls out, with its file closed: nothing of it is touched from
/// then on.</param>
internal sealed class LaneSector(
    Bytes32 replicaId, string folder, CancellationToken cancellationToken, Action<Exception>? fallenOut = null)
    : IDisposable
{
    /// <summary>Replica id.</summary>
    public Bytes32 ReplicaId => replicaId;

    /// <summary>Cache folder.</summary>
    public string Folder => folder;

    /// <summary>The layer that is made; null where the sector has it, and between layers.</summary>
    public LayerOutput? Output { get; private set; }

    /// <summary>Why the sector fell out; null while it is in.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>True while the sector is in.</summary>
    public bool IsIn => Failure is null;

    /// <summary>Begins a layer's file.</summary>
    public void Begin(int layer) => Output = new LayerOutput(folder, layer, replicaId);

    /// <summary>Does something short for the sector while it is in; a failure of its files takes it out.</summary>
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
            FallOut(failure);
        }
        catch (OperationCanceledException cancelled) when (cancelled.CancellationToken == cancellationToken)
        {
            FallOut(cancelled);
        }
    }

    /// <summary>The same for what takes its time: ended by the sector's own token, or by that of all.</summary>
    /// <exception cref="OperationCanceledException">All are cancelled.</exception>
    public void Try(Action<LaneSector, CancellationToken> step, CancellationToken all) => Try(
        sector => EitherToken.Run(either => step(sector, either), all, cancellationToken));

    /// <summary>Ends with a layer's file, whatever became of it.</summary>
    public void Dispose()
    {
        Output?.Dispose();
        Output = null;
    }

    private void FallOut(Exception failure)
    {
        Dispose();
        Failure = failure;
        fallenOut?.Invoke(failure);
    }
}
