namespace Federation.Proto.Transport;

/// <summary>
/// Something answered that does not speak HTTP/2, and so no gRPC: the cause of a call's <see
/// cref="StatusCode.Unavailable"/>
/// that waiting does not mend.
/// </summary>
public sealed class ForeignServerException(Uri address, Exception? innerException = null) : IOException(
    $"What listens at {address.Authority} does not speak gRPC's HTTP/2: it is another port, or it wants TLS.",
    innerException);
