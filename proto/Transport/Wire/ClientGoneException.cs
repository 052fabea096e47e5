namespace Federation.Proto.Transport.Wire;

/// <summary>
/// A server's read or write found the call ended by its client. The token that says so may be cancelled a moment later.
/// </summary>
internal sealed class ClientGoneException(Exception? innerException = null)
    : OperationCanceledException("The client ended the call.", innerException);
