using Federation.Proto.Etcd;
using Federation.Proto.Transport;

namespace Federation.Discovery.Embedded.Server;

internal sealed class MaintenanceService(EmbeddedStore store) : MaintenanceServiceBase
{
    public override Task<StatusResponse> StatusAsync(StatusRequest request, ServerCallContext context) =>
        store.StatusAsync();

    /// <summary>There are no alarms: a store that cannot write has stopped.</summary>
    public override async Task<AlarmResponse> AlarmAsync(AlarmRequest request, ServerCallContext context) =>
        new() { Header = (await store.StatusAsync()).Header };

    /// <summary>What a snapshot leaves out is free again.</summary>
    public override async Task<DefragmentResponse> DefragmentAsync(DefragmentRequest request, ServerCallContext context)
    {
        await store.SnapshotAsync();
        return new DefragmentResponse();
    }
}
