namespace Federation.Proto.Transport.Wire;

/// <summary>How a call ended, with the metadata that came at its end.</summary>
internal sealed record CallOutcome(Status Status, Metadata Trailers, Exception? Cause)
{
    public bool IsOK => Status.Code == StatusCode.OK;

    public RpcException ToException() => new(Status, Trailers, Cause);
}
