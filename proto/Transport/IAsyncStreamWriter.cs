namespace Federation.Proto.Transport;

/// <summary>
/// Messages that this side streams. Safe to call from several tasks: messages go out one after the other.
/// </summary>
/// <typeparam name="T">The message.</typeparam>
public interface IAsyncStreamWriter<in T>
{
    /// <summary>
    /// Sends one message and waits until flow control has taken it. Throws <see cref="RpcException"/> when the call has
    /// ended. A token cancelled in the middle of a message ends the whole call.
    /// </summary>
    Task WriteAsync(T message, CancellationToken cancellationToken = default);
}
