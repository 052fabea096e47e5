namespace Federation.Proto.Transport;

/// <summary>What one call wants besides its request.</summary>
/// <param name="Headers">Metadata to send.</param>
/// <param name="Timeout">
/// Time from the start of the call until it ends with <see cref="StatusCode.DeadlineExceeded"/>; also told to the
/// server. None: a unary call takes its channel's, a stream lives on.
/// </param>
/// <param name="CancellationToken">
/// Ends the call: its waits throw <see cref="OperationCanceledException"/> and the server is told.
/// </param>
public readonly record struct CallOptions(
    Metadata? Headers = null,
    TimeSpan? Timeout = null,
    CancellationToken CancellationToken = default)
{
    /// <summary>Options that hold a token alone.</summary>
    public static implicit operator CallOptions(CancellationToken cancellationToken) =>
        new(CancellationToken: cancellationToken);

    /// <summary>Options that hold a token alone.</summary>
    public static CallOptions FromCancellationToken(CancellationToken cancellationToken) => cancellationToken;
}
