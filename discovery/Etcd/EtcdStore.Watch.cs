using System.Runtime.CompilerServices;
using Federation.Discovery.Store;
using Federation.Proto.Etcd;
using Federation.Proto.Transport;

namespace Federation.Discovery.Etcd;

public sealed partial class EtcdStore
{
    /// <summary>Refused by a member that has lost its cluster, so that a stream does not hang on one.</summary>
    private static readonly Metadata RequireLeader = new() { { "hasleader", "true" } };

    /// <inheritdoc/>
    public async IAsyncEnumerable<WatchBatch> WatchAsync(
        WatchQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var position = new WatchPosition(query);
        while (true)
        {
            var endpoint = await _pool.PickAsync(cancellationToken);
            var options = new CallOptions(RequireLeader, CancellationToken: cancellationToken);
            using var call = endpoint.Watches.Watch(options);
            while (await ReadWatchAsync(endpoint, call, position, cancellationToken) is { } batch)
            {
                yield return batch;
            }
        }
    }

    /// <summary>The next batch; null when the stream is over and another is to be opened.</summary>
    private async Task<WatchBatch?> ReadWatchAsync(
        Endpoint endpoint,
        DuplexCall<WatchRequest, WatchResponse> call,
        WatchPosition position,
        CancellationToken cancellationToken)
    {
        try
        {
            if (position.IsNewStream(call))
            {
                await call.RequestStream.WriteAsync(position.Request(), cancellationToken);
            }

            while (await call.ResponseStream.MoveNext(cancellationToken))
            {
                var response = call.ResponseStream.Current;
                _pool.Answered(endpoint);
                RequireSameStore(response, position);
                if (response.Canceled)
                {
                    return Ended(endpoint, position, Canceled(response));
                }

                if (position.Take(response) is { } batch)
                {
                    return batch;
                }
            }

            return Ended(endpoint, position, "the server ended the stream");
        }
        catch (RpcException e)
        {
            return Ended(endpoint, position, e.Message);
        }
    }

    private WatchBatch? Ended(Endpoint endpoint, WatchPosition position, string reason)
    {
        EtcdStoreLog.WatchResumes(_logger, position.Key, position.Next, reason);
        _pool.Failed(endpoint);
        return null;
    }

    private static string Canceled(WatchResponse response) =>
        response.CompactRevision > 0
            ? throw new CompactedException(response.CompactRevision)
            : $"the server cancelled it: {response.CancelReason}";

    /// <summary>
    /// A store that was put back from a backup has another identity, or is behind what was seen: its revisions mean
    /// something else, so the caller lists anew. A member that is only slow is told apart by there being others.
    /// </summary>
    private void RequireSameStore(WatchResponse response, WatchPosition position)
    {
        var isOther = position.ClusterId != 0 && position.ClusterId != response.Header.ClusterId;
        var isBehind = _pool.Count == 1 && response.Created && position.LastSeen > response.Header.Revision;
        position.ClusterId = response.Header.ClusterId;
        if (isOther || isBehind)
        {
            throw new CompactedException(response.Header.Revision);
        }
    }
}
