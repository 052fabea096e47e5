using Federation.Proto.Etcd;
using Federation.Proto.Transport;

namespace Federation.Discovery.Embedded.Server;

internal sealed class LeaseService(EmbeddedStore store) : LeaseServiceBase
{
    public override Task<LeaseGrantResponse> LeaseGrantAsync(LeaseGrantRequest request, ServerCallContext context) =>
        store.LeaseGrantAsync(request);

    public override Task<LeaseRevokeResponse> LeaseRevokeAsync(LeaseRevokeRequest request, ServerCallContext context) =>
        store.LeaseRevokeAsync(request);

    public override async Task LeaseKeepAliveAsync(
        IAsyncStreamReader<LeaseKeepAliveRequest> requests,
        IServerStreamWriter<LeaseKeepAliveResponse> responses,
        ServerCallContext context)
    {
        while (await requests.MoveNext(context.CancellationToken))
        {
            await responses.WriteAsync(await store.LeaseKeepAliveAsync(requests.Current), context.CancellationToken);
        }
    }

    public override Task<LeaseTimeToLiveResponse> LeaseTimeToLiveAsync(
        LeaseTimeToLiveRequest request, ServerCallContext context) => store.LeaseTimeToLiveAsync(request);

    public override Task<LeaseLeasesResponse> LeaseLeasesAsync(LeaseLeasesRequest request, ServerCallContext context) =>
        store.LeaseLeasesAsync();
}
