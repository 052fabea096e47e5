using Federation.MinerAgent.Jobs;
using Federation.Proto.Gates;

namespace Federation.MinerAgent.Tests.Simulation;

internal sealed class SimUploader : IProofUploader
{
    public List<ProofHeader> Uploads { get; } = [];

    public Func<ProofHeader, ProofReceipt> Answer { get; set; } = _ => new ProofReceipt { Accepted = true };

    public Task<ProofReceipt> UploadAsync(ProofHeader header, string path, CancellationToken cancellationToken)
    {
        Uploads.Add(header);
        return Task.FromResult(Answer(header));
    }
}
