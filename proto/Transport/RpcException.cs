namespace Federation.Proto.Transport;

/// <summary>A call ended with a status other than OK. Thrown by a handler, it becomes the call's status.</summary>
public sealed class RpcException : Exception
{
    /// <summary>Creates the exception for a status.</summary>
    public RpcException(Status status, Metadata? trailers = null, Exception? innerException = null)
        : base(status.ToString(), innerException)
    {
        Status = status;
        Trailers = trailers ?? [];
    }

    /// <summary>Creates the exception from a code and a sentence.</summary>
    public RpcException(StatusCode code, string detail, Exception? innerException = null)
        : this(new Status(code, detail), null, innerException)
    {
    }

    /// <summary>The call's outcome.</summary>
    public Status Status { get; }

    /// <summary>The outcome's code.</summary>
    public StatusCode StatusCode => Status.Code;

    /// <summary>Metadata that came, or shall go, with the status.</summary>
    public Metadata Trailers { get; }
}
