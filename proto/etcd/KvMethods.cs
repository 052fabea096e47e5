using Federation.Proto.Transport;

namespace Federation.Proto.Etcd;

/// <summary>The methods of etcd's KV service.</summary>
public static class KvMethods
{
    internal const string ServiceName = "etcdserverpb.KV";

    /// <summary>Reads keys.</summary>
    public static Method<RangeRequest, RangeResponse> Range { get; } =
        new(MethodType.Unary, ServiceName, "Range");

    /// <summary>Writes a key.</summary>
    public static Method<PutRequest, PutResponse> Put { get; } =
        new(MethodType.Unary, ServiceName, "Put");

    /// <summary>Deletes keys.</summary>
    public static Method<DeleteRangeRequest, DeleteRangeResponse> DeleteRange { get; } =
        new(MethodType.Unary, ServiceName, "DeleteRange");

    /// <summary>Compares, then applies one of two lists of operations as one revision.</summary>
    public static Method<TxnRequest, TxnResponse> Txn { get; } =
        new(MethodType.Unary, ServiceName, "Txn");

    /// <summary>Drops history before a revision.</summary>
    public static Method<CompactionRequest, CompactionResponse> Compact { get; } =
        new(MethodType.Unary, ServiceName, "Compact");
}
