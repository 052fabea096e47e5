using Federation.Proto.Transport;

namespace Federation.Proto.Etcd;

/// <summary>Serves etcd's Maintenance service; a method that is not overridden is Unimplemented.</summary>
public abstract class MaintenanceServiceBase : RpcServiceBase
{
    /// <inheritdoc/>
    public override string ServiceName => MaintenanceMethods.ServiceName;

    /// <summary>Reads, raises or clears alarms.</summary>
    public virtual Task<AlarmResponse> AlarmAsync(AlarmRequest request, ServerCallContext context) =>
        throw Unimplemented(MaintenanceMethods.Alarm.FullName);

    /// <summary>Reads the state of the member that is asked.</summary>
    public virtual Task<StatusResponse> StatusAsync(StatusRequest request, ServerCallContext context) =>
        throw Unimplemented(MaintenanceMethods.Status.FullName);

    /// <summary>Gives the member's free space back to the disk.</summary>
    public virtual Task<DefragmentResponse> DefragmentAsync(DefragmentRequest request, ServerCallContext context) =>
        throw Unimplemented(MaintenanceMethods.Defragment.FullName);

    /// <inheritdoc/>
    protected internal override void Bind(RpcServiceBinder binder)
    {
        binder.Unary(MaintenanceMethods.Alarm, AlarmAsync);
        binder.Unary(MaintenanceMethods.Status, StatusAsync);
        binder.Unary(MaintenanceMethods.Defragment, DefragmentAsync);
    }
}
