using Federation.Discovery.Embedded.Watch;
using Federation.Proto.Etcd;
using Federation.Proto.Transport;

namespace Federation.Discovery.Embedded.Server;

internal sealed class WatchService(EmbeddedStore store) : WatchServiceBase
{
    public override async Task WatchAsync(
        IAsyncStreamReader<WatchRequest> requests,
        IServerStreamWriter<WatchResponse> responses,
        ServerCallContext context)
    {
        using var stream = store.OpenWatchStream();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        var reading = ReadAsync(requests, stream, ended);
        try
        {
            while (true)
            {
                await responses.WriteAsync(await stream.NextAsync(ended.Token), context.CancellationToken);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
        }
        finally
        {
            await ended.CancelAsync();
            await reading;
        }
    }

    /// <summary>Ends the stream when the client has sent its last request.</summary>
    private static async Task ReadAsync(
        IAsyncStreamReader<WatchRequest> requests, WatchStream stream, CancellationTokenSource ended)
    {
        try
        {
            while (await requests.MoveNext(ended.Token))
            {
                stream.Take(requests.Current);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or RpcException or IOException)
        {
            // The client is gone: what is left to do is the same as when it has said so.
            _ = e;
        }

        await ended.CancelAsync();
    }
}
