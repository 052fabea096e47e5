namespace Federation.Proto.Transport;

/// <summary>Messages that the other side streams. One reader at a time.</summary>
/// <typeparam name="T">The message.</typeparam>
public interface IAsyncStreamReader<out T>
{
    /// <summary>The message of the last <see cref="MoveNext"/> that returned true.</summary>
    T Current { get; }

    /// <summary>
    /// Waits for the next message; false when the other side has sent its last and, on the client, the call ended with
    /// OK. Throws <see cref="RpcException"/> when the call ended otherwise. A cancelled token ends the whole call.
    /// </summary>
    Task<bool> MoveNext(CancellationToken cancellationToken = default);
}
