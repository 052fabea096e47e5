using Federation.Proto.Transport;

namespace Federation.Proto.Etcd;

/// <summary>Serves etcd's KV service; a method that is not overridden is Unimplemented.</summary>
public abstract class KvServiceBase : RpcServiceBase
{
    /// <inheritdoc/>
    public override string ServiceName => KvMethods.ServiceName;

    /// <summary>Reads keys.</summary>
    public virtual Task<RangeResponse> RangeAsync(RangeRequest request, ServerCallContext context) =>
        throw Unimplemented(KvMethods.Range.FullName);

    /// <summary>Writes a key.</summary>
    public virtual Task<PutResponse> PutAsync(PutRequest request, ServerCallContext context) =>
        throw Unimplemented(KvMethods.Put.FullName);

    /// <summary>Deletes keys.</summary>
    public virtual Task<DeleteRangeResponse> DeleteRangeAsync(DeleteRangeRequest request, ServerCallContext context) =>
        throw Unimplemented(KvMethods.DeleteRange.FullName);

    /// <summary>Compares, then applies one of two lists of operations as one revision.</summary>
    public virtual Task<TxnResponse> TxnAsync(TxnRequest request, ServerCallContext context) =>
        throw Unimplemented(KvMethods.Txn.FullName);

    /// <summary>Drops history before a revision.</summary>
    public virtual Task<CompactionResponse> CompactAsync(CompactionRequest request, ServerCallContext context) =>
        throw Unimplemented(KvMethods.Compact.FullName);

    /// <inheritdoc/>
    protected internal override void Bind(RpcServiceBinder binder)
    {
        binder.Unary(KvMethods.Range, RangeAsync);
        binder.Unary(KvMethods.Put, PutAsync);
        binder.Unary(KvMethods.DeleteRange, DeleteRangeAsync);
        binder.Unary(KvMethods.Txn, TxnAsync);
        binder.Unary(KvMethods.Compact, CompactAsync);
    }
}
