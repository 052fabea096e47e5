namespace Federation.Proofs;

/// <summary>Steps that one of many who go together takes: ended for all of them, or for itself alone.</summary>
internal static class EitherToken
{
    /// <summary>Runs a step that either token ends; the exception then tells which of them it was, all before
    /// own.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void Run(Action<CancellationToken> step, CancellationToken all, CancellationToken own)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(all, own);
        try
        {
            step(either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            all.ThrowIfCancellationRequested();
            own.ThrowIfCancellationRequested();
            throw;
        }
    }
}
