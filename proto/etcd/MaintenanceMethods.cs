using Federation.Proto.Transport;

namespace Federation.Proto.Etcd;

/// <summary>The methods of etcd's Maintenance service.</summary>
public static class MaintenanceMethods
{
    internal const string ServiceName = "etcdserverpb.Maintenance";

    /// <summary>Reads, raises or clears alarms.</summary>
    public static Method<AlarmRequest, AlarmResponse> Alarm { get; } =
        new(MethodType.Unary, ServiceName, "Alarm");

    /// <summary>Reads the state of the member that is asked.</summary>
    public static Method<StatusRequest, StatusResponse> Status { get; } =
        new(MethodType.Unary, ServiceName, "Status");

    /// <summary>Gives the member's free space back to the disk.</summary>
    public static Method<DefragmentRequest, DefragmentResponse> Defragment { get; } =
        new(MethodType.Unary, ServiceName, "Defragment");
}
