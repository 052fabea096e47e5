using Federation.Proto.Transport;

namespace Federation.Proto.Etcd;

/// <summary>Calls etcd's KV service: ranges, guarded transactions, compaction. Thread-safe.</summary>
/// <param name="channel">The server; stays its owner's to dispose.</param>
public sealed class KvClient(RpcChannel channel)
{
    /// <summary>Reads keys.</summary>
    public UnaryCall<RangeResponse> RangeAsync(RangeRequest request, CallOptions options = default) =>
        channel.Unary(KvMethods.Range, request, options);

    /// <summary>Writes a key.</summary>
    public UnaryCall<PutResponse> PutAsync(PutRequest request, CallOptions options = default) =>
        channel.Unary(KvMethods.Put, request, options);

    /// <summary>Deletes keys.</summary>
    public UnaryCall<DeleteRangeResponse> DeleteRangeAsync(DeleteRangeRequest request, CallOptions options = default) =>
        channel.Unary(KvMethods.DeleteRange, request, options);

    /// <summary>Compares, then applies one of two lists of operations as one revision.</summary>
    public UnaryCall<TxnResponse> TxnAsync(TxnRequest request, CallOptions options = default) =>
        channel.Unary(KvMethods.Txn, request, options);

    /// <summary>Drops history before a revision.</summary>
    public UnaryCall<CompactionResponse> CompactAsync(CompactionRequest request, CallOptions options = default) =>
        channel.Unary(KvMethods.Compact, request, options);
}
