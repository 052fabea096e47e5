using Federation.Proto.Gates;

namespace Federation.MinerAgent.Jobs;

/// <summary>Sends a sector's proof to the miner: C2's, or C1's output where the chain takes that.</summary>
public interface IProofUploader
{
    /// <summary>One try. The receipt may be a refusal.</summary>
    /// <exception cref="IOException">The miner could not be reached, or the call broke: try again later.</exception>
    Task<ProofReceipt> UploadAsync(ProofHeader header, string path, CancellationToken cancellationToken);
}
