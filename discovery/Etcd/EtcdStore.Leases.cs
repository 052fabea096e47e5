using Federation.Discovery.Store;
using Federation.Proto.Etcd;
using Federation.Proto.Transport;

namespace Federation.Discovery.Etcd;

public sealed partial class EtcdStore
{
    /// <inheritdoc/>
    public async Task<ILease> GrantLeaseAsync(TimeSpan timeToLive, CancellationToken cancellationToken)
    {
        // Sent twice by chance it makes a lease that nobody uses and that ends by itself.
        var request = new LeaseGrantRequest { TTL = (long)Math.Ceiling(timeToLive.TotalSeconds) };
        var sent = _options.TimeProvider.GetTimestamp();
        var granted = await RepeatAsync(
            (endpoint, options) => endpoint.Leases.LeaseGrantAsync(request, options), 0, cancellationToken);
        // A grant that took long has used up part of its time; counted from its sending it is only ever shorter.
        return new EtcdLease(this, granted.ID, TimeSpan.FromSeconds(granted.TTL), sent);
    }

    private async Task RevokeAsync(long lease)
    {
        try
        {
            var endpoint = _pool.Pick().Endpoint;
            var request = new LeaseRevokeRequest { ID = lease };
            await endpoint.Leases.LeaseRevokeAsync(request, Options(CancellationToken.None));
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            // It has ended already.
            return;
        }
        catch (RpcException e)
        {
            EtcdStoreLog.LeaseNotRevoked(_logger, lease, e.Message);
        }
    }

    /// <summary>
    /// Renews every third of the time to live. The time runs from when a renewal was sent, by the monotonic clock:
    /// the store's runs from when it was received, which is later.
    /// </summary>
    private sealed class EtcdLease : ILease
    {
        private readonly EtcdStore _store;
        private readonly TimeProvider _time;
        private readonly TimeSpan _timeToLive;
        private readonly CancellationTokenSource _lost = new();
        private readonly CancellationTokenSource _disposed = new();
        private readonly ITimer _watchdog;
        private readonly Task _loop;
        private long _renewed;

        public EtcdLease(EtcdStore store, long id, TimeSpan timeToLive, long renewed)
        {
            (_store, Id, _timeToLive, _renewed) = (store, id, timeToLive, renewed);
            _time = store._options.TimeProvider;
            _watchdog = _time.CreateTimer(_ => LoseIfLate(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Renewed(renewed);
            _loop = Task.Run(RenewLoopAsync);
        }

        public long Id { get; }

        /// <summary>
        /// Asked after a pause of the whole process, when no timer has fired yet, it still says the truth.
        /// </summary>
        public CancellationToken Lost
        {
            get
            {
                LoseIfLate();
                return _lost.Token;
            }
        }

        private TimeSpan LostAfter => _timeToLive * 2 / 3;

        public async ValueTask DisposeAsync()
        {
            if (_disposed.IsCancellationRequested)
            {
                return;
            }

            await _disposed.CancelAsync();
            await _loop;
            await _watchdog.DisposeAsync();
            // The answer to the revocation may be late or lost: what hangs on the lease ends before it is asked for.
            await _lost.CancelAsync();
            await _store.RevokeAsync(Id);
        }

        private void Renewed(long sent)
        {
            Volatile.Write(ref _renewed, sent);
            var left = LostAfter - _time.GetElapsedTime(sent);
            _watchdog.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }

        private void LoseIfLate()
        {
            var elapsed = _time.GetElapsedTime(Volatile.Read(ref _renewed));
            if (elapsed >= LostAfter)
            {
                Lose($"no renewal for {elapsed.TotalSeconds:0.#} s");
            }
            else if (!_disposed.IsCancellationRequested)
            {
                // The timer fired before its time, or raced with a renewal: it must fire again.
                _watchdog.Change(LostAfter - elapsed, Timeout.InfiniteTimeSpan);
            }
        }

        private void Lose(string reason)
        {
            if (!_lost.IsCancellationRequested && !_disposed.IsCancellationRequested)
            {
                EtcdStoreLog.LeaseLost(_store._logger, Id, reason);
                _lost.Cancel();
            }
        }

        private async Task RenewLoopAsync()
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(_disposed.Token, _lost.Token);
            try
            {
                while (true)
                {
                    var endpoint = await _store._pool.PickAsync(ended.Token);
                    await RenewOnAsync(endpoint, ended.Token);
                }
            }
            catch (OperationCanceledException) when (ended.IsCancellationRequested)
            {
                return;
            }
        }

        /// <summary>Renews on one stream for as long as it answers in time.</summary>
        private async Task RenewOnAsync(Endpoint endpoint, CancellationToken cancellationToken)
        {
            try
            {
                using var call = endpoint.KeepAlives.LeaseKeepAlive(
                    new CallOptions(RequireLeader, CancellationToken: cancellationToken));
                while (true)
                {
                    var wait = (_timeToLive / 3) - _time.GetElapsedTime(Volatile.Read(ref _renewed));
                    await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, _time, cancellationToken);
                    if (!await RenewOnceAsync(call, cancellationToken))
                    {
                        break;
                    }

                    _store._pool.Answered(endpoint);
                }

                _store._pool.Failed(endpoint);
            }
            catch (RpcException e)
            {
                _store.NoteFailure(endpoint, e.Message);
            }
            catch (TimeoutException)
            {
                _store.NoteFailure(endpoint, "no answer to a lease's renewal");
            }
        }

        /// <summary>
        /// False when the server ended the stream; a third of the lost time is what an answer may take.
        /// </summary>
        private async Task<bool> RenewOnceAsync(
            DuplexCall<LeaseKeepAliveRequest, LeaseKeepAliveResponse> call, CancellationToken cancellationToken)
        {
            var sent = _time.GetTimestamp();
            await call.RequestStream.WriteAsync(new LeaseKeepAliveRequest { ID = Id }, cancellationToken);
            var answer = call.ResponseStream.MoveNext(cancellationToken);
            if (!await answer.WaitAsync(LostAfter / 3, _time, cancellationToken))
            {
                return false;
            }

            if (call.ResponseStream.Current.TTL <= 0)
            {
                Lose("the store no longer knows it");
                cancellationToken.ThrowIfCancellationRequested();
            }

            Renewed(sent);
            return true;
        }
    }
}
