using System.Diagnostics.CodeAnalysis;

namespace Federation.Proto.Transport.Wire;

/// <summary>
/// Why and when a client's call ends: its caller's token, its deadline, a reader's token, disposal, or an outcome from
/// the server. The first outcome stays. Thread-safe.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A source without timer and wait handle holds nothing.")]
internal sealed class CallLifetime
{
    private static readonly Status DisposedStatus = new(StatusCode.Cancelled, "The call or its channel was disposed.");

    private readonly CancellationToken _caller;
    private readonly CancellationTokenRegistration _callerRegistration;
    private readonly CancellationTokenRegistration _channelRegistration;
    private readonly ITimer? _deadline;
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private CallOutcome? _outcome;
    private CancellationToken _canceller;
    private EndReason _reason;

    public CallLifetime(CallOptions options, TimeProvider timeProvider, CancellationToken channelClosed)
    {
        _caller = options.CancellationToken;
        _callerRegistration = _caller.UnsafeRegister(
            static (self, token) => ((CallLifetime)self!).End(EndReason.Token, token), this);
        _channelRegistration = channelClosed.UnsafeRegister(
            static self => ((CallLifetime)self!).End(EndReason.Disposed), this);
        _deadline = options.Timeout is { } timeout
            ? timeProvider.CreateTimer(
                static self => ((CallLifetime)self!).End(EndReason.Deadline),
                this,
                Clamp(timeout),
                Timeout.InfiniteTimeSpan)
            : null;
    }

    private enum EndReason
    {
        None = 0,
        Token = 1,
        Deadline = 2,
        Disposed = 3,
    }

    /// <summary>Cancelled when the call ends for a reason of this side.</summary>
    public CancellationToken Token => _end.Token;

    /// <summary>How the call ended; null while it runs.</summary>
    public CallOutcome? Outcome => Volatile.Read(ref _outcome);

    /// <summary>Ends the call when a token given to one of its waits is cancelled.</summary>
    public CancellationTokenRegistration EndWith(CancellationToken token) =>
        token.CanBeCanceled && token != _caller
            ? token.UnsafeRegister(static (self, token) => ((CallLifetime)self!).End(EndReason.Token, token), this)
            : default;

    /// <summary>Ends the call because nobody wants it any more.</summary>
    public void EndUnwanted()
    {
        End(EndReason.Disposed);
        Finish(new CallOutcome(DisposedStatus, []));
    }

    /// <summary>Records the outcome if there is none yet, and returns the one that holds.</summary>
    public CallOutcome Finish(CallOutcome outcome)
    {
        lock (_lock)
        {
            _outcome ??= outcome;
        }

        _deadline?.Dispose();
        _callerRegistration.Unregister();
        _channelRegistration.Unregister();
        return _outcome;
    }

    /// <summary>
    /// Ends the call for an exception and returns what its user shall see: the status, or a cancellation where a token
    /// of the user's was the reason. What the server said counts before what this side wanted.
    /// </summary>
    public Exception Fail(Exception exception)
    {
        if (exception is RpcException rpc)
        {
            Finish(new CallOutcome(rpc.Status, rpc.Trailers, rpc.InnerException));
            return rpc;
        }

        var canceller = _reason == EndReason.Token ? _canceller : default(CancellationToken?);
        return Finish(new CallOutcome(StatusOf(exception), [], exception, canceller)).ToException();
    }

    /// <summary>Whether this side ended the call, or is about to.</summary>
    public bool IsEndedHere => _end.IsCancellationRequested;

    private static TimeSpan Clamp(TimeSpan timeout) =>
        timeout < TimeSpan.Zero ? TimeSpan.Zero : timeout > GrpcTimeout.Longest ? GrpcTimeout.Longest : timeout;

    private void End(EndReason reason, CancellationToken canceller = default)
    {
        lock (_lock)
        {
            if (_outcome is not null || _reason != EndReason.None)
            {
                return;
            }

            (_reason, _canceller) = (reason, canceller);
        }

        _end.Cancel();
    }

    private Status StatusOf(Exception exception) => _reason switch
    {
        EndReason.Token => new Status(StatusCode.Cancelled, "The caller cancelled the call."),
        EndReason.Deadline => new Status(StatusCode.DeadlineExceeded, "The deadline passed."),
        EndReason.Disposed => DisposedStatus,
        _ => StatusMapping.FromException(exception),
    };
}
