using Microsoft.AspNetCore.Http;

namespace Federation.Proto.Transport.Wire;

/// <summary>Why a call ends before its handler does: the client's doing, its deadline, or the server's stop.</summary>
internal sealed class ServerCallLifetime : IDisposable
{
    private readonly CancellationTokenSource _end;
    private readonly CancellationTokenSource? _deadline;
    private readonly CancellationToken _aborted;
    private readonly CancellationToken _stopping;

    /// <summary>
    /// Watches a call; <paramref name="stopping"/> is none for calls that may finish while the server stops.
    /// </summary>
    public ServerCallLifetime(
        HttpContext http, TimeSpan? timeout, TimeProvider timeProvider, CancellationToken stopping)
    {
        _aborted = http.RequestAborted;
        _stopping = stopping;
        _deadline = timeout is { } delay
            ? new CancellationTokenSource(delay < GrpcTimeout.Longest ? delay : GrpcTimeout.Longest, timeProvider)
            : null;
        _end = CancellationTokenSource.CreateLinkedTokenSource(
            _aborted, stopping, _deadline?.Token ?? CancellationToken.None);
        Token = _end.Token;
    }

    public CancellationToken Token { get; }

    /// <summary>The status for a handler that gave up because <see cref="Token"/> was cancelled.</summary>
    public Status Status =>
        _deadline is { IsCancellationRequested: true } ? new Status(StatusCode.DeadlineExceeded, "The deadline passed.")
        : _aborted.IsCancellationRequested ? new Status(StatusCode.Cancelled, "The client ended the call.")
        : _stopping.IsCancellationRequested ? new Status(StatusCode.Unavailable, "The server is stopping.")
        : new Status(StatusCode.Cancelled, "The call was given up.");

    public void Dispose()
    {
        _end.Dispose();
        _deadline?.Dispose();
    }
}
