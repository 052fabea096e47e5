using Federation.MinerAgent.Jobs;
using Federation.Proto.Gates;
using Federation.Proto.Transport;
using Google.Protobuf;

namespace Federation.MinerAgent.Upstream;

/// <summary>Streams a proof to the miner's bulk port, in chunks of 64 KiB. One upload at a time.</summary>
public sealed class ProofUploader(LeaderWatch leader, MinerDial dial) : IProofUploader, IDisposable
{
    private const int ChunkBytes = 64 << 10;

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(30);

    private readonly SemaphoreSlim _one = new(1);

    /// <inheritdoc/>
    public async Task<ProofReceipt> UploadAsync(ProofHeader header, string path, CancellationToken cancellationToken)
    {
        var miner = await leader.FindAsync(cancellationToken);
        await _one.WaitAsync(cancellationToken);
        try
        {
            using var channel = dial.ToBulk(miner.BulkAddress);
            using var call = new MinerBulkClient(channel).UploadProof(
                new CallOptions(Timeout: Timeout, CancellationToken: cancellationToken));
            return await SendAsync(call, header, path, cancellationToken);
        }
        catch (RpcException error)
        {
            throw new IOException($"the miner did not take the proof: {error.Status}", error);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private static async Task<ProofReceipt> SendAsync(
        ClientStreamingCall<ProofChunk, ProofReceipt> call, ProofHeader header, string path,
        CancellationToken cancellationToken)
    {
        await using var file =
            new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, ChunkBytes, useAsync: true);
        var buffer = new byte[ChunkBytes];
        var first = header;
        while (await file.ReadAtLeastAsync(
            buffer, ChunkBytes, throwOnEndOfStream: false, cancellationToken) is > 0 and var read)
        {
            var chunk = new ProofChunk { Header = first, Data = ByteString.CopyFrom(buffer, 0, read) };
            first = null;
            try
            {
                await call.RequestStream.WriteAsync(chunk, cancellationToken);
            }
            catch (RpcException) when (call.ResponseAsync.IsCompletedSuccessfully)
            {
                // The miner has answered before the end: it refuses.
                return await call.ResponseAsync;
            }
        }

        await call.RequestStream.CompleteAsync();
        return await call.ResponseAsync;
    }
}
