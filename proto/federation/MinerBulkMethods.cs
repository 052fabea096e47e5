using Federation.Proto.Transport;

namespace Federation.Proto.Gates;

/// <summary>The methods of MinerBulk, at the miner's port P+100.</summary>
public static class MinerBulkMethods
{
    internal const string ServiceName = "federation.MinerBulk";

    /// <summary>Sends one sector's proof in chunks; answered when the miner has it on disk or has refused it.</summary>
    public static Method<ProofChunk, ProofReceipt> UploadProof { get; } =
        new(MethodType.ClientStreaming, ServiceName, "UploadProof");
}
