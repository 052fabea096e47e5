using Federation.Proto.Etcd;
using Federation.Proto.Transport;

namespace Federation.Discovery.Embedded.Server;

internal sealed class KvService(EmbeddedStore store) : KvServiceBase
{
    public override Task<RangeResponse> RangeAsync(RangeRequest request, ServerCallContext context) =>
        store.RangeAsync(request);

    public override Task<PutResponse> PutAsync(PutRequest request, ServerCallContext context) =>
        store.PutAsync(request);

    public override Task<DeleteRangeResponse> DeleteRangeAsync(DeleteRangeRequest request, ServerCallContext context) =>
        store.DeleteRangeAsync(request);

    public override Task<TxnResponse> TxnAsync(TxnRequest request, ServerCallContext context) =>
        store.TxnAsync(request);

    public override Task<CompactionResponse> CompactAsync(CompactionRequest request, ServerCallContext context) =>
        store.CompactAsync(request);
}
