using Federation.Proto.Transport;

namespace Federation.Proto.Etcd;

/// <summary>Calls etcd's Maintenance service: status, alarms, space. Thread-safe.</summary>
/// <param name="channel">The server; stays its owner's to dispose.</param>
public sealed class MaintenanceClient(RpcChannel channel)
{
    /// <summary>Reads, raises or clears alarms.</summary>
    public UnaryCall<AlarmResponse> AlarmAsync(AlarmRequest request, CallOptions options = default) =>
        channel.Unary(MaintenanceMethods.Alarm, request, options);

    /// <summary>Reads the state of the member that is asked.</summary>
    public UnaryCall<StatusResponse> StatusAsync(StatusRequest request, CallOptions options = default) =>
        channel.Unary(MaintenanceMethods.Status, request, options);

    /// <summary>Gives the member's free space back to the disk.</summary>
    public UnaryCall<DefragmentResponse> DefragmentAsync(DefragmentRequest request, CallOptions options = default) =>
        channel.Unary(MaintenanceMethods.Defragment, request, options);
}
