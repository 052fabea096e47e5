namespace Federation.Proto.Transport.Wire;

/// <summary>How a call ended, with the metadata that came at its end.</summary>
/// <param name="Status">The status.</param>
/// <param name="Trailers">Metadata that came with it.</param>
/// <param name="Cause">What lies below a status that did not come from the peer.</param>
/// <param name="Canceller">The token of the call's user that ended it, if one did.</param>
internal sealed record CallOutcome(
    Status Status, Metadata Trailers, Exception? Cause = null, CancellationToken? Canceller = null)
{
    public bool IsOK => Status.Code == StatusCode.OK;

    /// <summary>What the call's user sees: the status, or the cancellation that the user asked for.</summary>
    public Exception ToException() => Canceller is { } token
        ? new OperationCanceledException(Status.Detail, Cause, token)
        : new RpcException(Status, Trailers, Cause);
}
