using Federation.Proto.Transport;

namespace Federation.Proto.Gates;

/// <summary>Calls MinerBulk: what is too big for the store. Thread-safe.</summary>
/// <param name="channel">The server; stays its owner's to dispose.</param>
public sealed class MinerBulkClient(RpcChannel channel)
{
    /// <summary>Sends one sector's proof in chunks; answered when the miner has it on disk or has refused it.</summary>
    public ClientStreamingCall<ProofChunk, ProofReceipt> UploadProof(CallOptions options = default) =>
        channel.ClientStreaming(MinerBulkMethods.UploadProof, options);
}
