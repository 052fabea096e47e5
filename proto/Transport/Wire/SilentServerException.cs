namespace Federation.Proto.Transport.Wire;

/// <summary>A server took the connection and closed it without a byte, as a TLS listener may do to a plain
/// client.</summary>
internal sealed class SilentServerException(Uri address, Exception innerException) : IOException(
    $"What listens at {address.Authority} closed the connection before it said anything: it may want TLS.",
    innerException);
