using Federation.Proto.Transport;

namespace Federation.Proto.Gates;

/// <summary>Serves MinerBulk, at the miner's port P+100; a method that is not overridden is Unimplemented.</summary>
public abstract class MinerBulkServiceBase : RpcServiceBase
{
    /// <inheritdoc/>
    public override string ServiceName => MinerBulkMethods.ServiceName;

    /// <summary>Sends one sector's proof in chunks; answered when the miner has it on disk or has refused it.</summary>
    public virtual Task<ProofReceipt> UploadProofAsync(
        IAsyncStreamReader<ProofChunk> requests, ServerCallContext context) =>
        throw Unimplemented(MinerBulkMethods.UploadProof.FullName);

    /// <inheritdoc/>
    protected internal override void Bind(RpcServiceBinder binder) =>
        binder.ClientStreaming(MinerBulkMethods.UploadProof, UploadProofAsync);
}
