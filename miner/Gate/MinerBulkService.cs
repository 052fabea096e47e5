using Federation.Chain;
using Federation.Hosting.Metrics;
using Federation.Miner.Shelf;
using Federation.Miner.Sectors;
using Federation.Proto.Gates;
using Federation.Proto.Records;
using Federation.Proto.Transport;
using Microsoft.Extensions.Logging;

namespace Federation.Miner.Gate;

/// <summary>
/// Receives proofs at port P+100. What is not wanted, too long or not as announced is refused and leaves nothing.
/// </summary>
internal sealed partial class MinerBulkService(
    AgentTokens tokens, ProofShelf shelf, Func<ulong, CancellationToken, Task<SectorView?>> readSector,
    Action<ulong> arrived, MetricCounter bytesReceived, ILogger<MinerBulkService> logger) : MinerBulkServiceBase
{
    /// <summary>Longest proof: several times that of a 64 GiB sector.</summary>
    public const ulong MaxProofBytes = 256UL << 20;

    /// <summary>Longest chunk with what goes around its 64 KiB.</summary>
    public const int MaxChunkBytes = (64 << 10) + 1024;

    private const int DigestHexLength = 64;

    // While a proof arrives its sector waits: a stream that stands still is ended.
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public override async Task<ProofReceipt> UploadProofAsync(
        IAsyncStreamReader<ProofChunk> requests, ServerCallContext context)
    {
        var stop = context.CancellationToken;
        if (!await NextAsync(requests, stop) || requests.Current.Header is not { } header)
        {
            throw new RpcException(StatusCode.InvalidArgument, "the first chunk of a proof brings its header");
        }

        var agent = tokens.Authenticate(context);

        var refusal = RefusalOfShape(header) ?? RefusalOfState(await readSector(header.Sector, stop), header, agent);
        refusal ??= await ReceiveAsync(requests, header, stop);
        if (refusal is not null)
        {
            LogRefused(header.Sector, agent, refusal);
            return new ProofReceipt { Accepted = false, Reason = refusal };
        }

        LogReceived(header.Sector, agent, header.Bytes);
        arrived(header.Sector);
        return new ProofReceipt { Accepted = true };
    }

    private static string? RefusalOfShape(ProofHeader header) => header switch
    {
        { Bytes: 0 or > MaxProofBytes } => $"invalid: a proof has 1 to {MaxProofBytes} bytes, not {header.Bytes}",
        { Sha256.Length: not DigestHexLength } => "invalid: the digest is not SHA-256 in hex",
        _ when !header.Sha256.All(char.IsAsciiHexDigitLower) => "invalid: the digest is not SHA-256 in lower-case hex",
        _ => null,
    };

    /// <summary>
    /// Only the holder of the job may send, and only the proof that it reported under the present order.
    /// </summary>
    internal static string? RefusalOfState(SectorView? view, ProofHeader header, string agent) => view switch
    {
        null => $"stale: there is no sector {header.Sector}",
        { Job: null } => $"stale: nobody holds sector {header.Sector}",
        _ when view.Job.Record.Agent != agent =>
            $"stale: sector {header.Sector} is held by '{view.Job.Record.Agent}', not by '{agent}'",
        _ when view.Job.Record.Epoch != header.Epoch =>
            $"stale: epoch {header.Epoch} of sector {header.Sector} is over",
        _ when view.Record.Order != header.Order => $"stale: order {header.Order} of sector {header.Sector} is over",
        _ when view.Phase(SealSpecs.ProofPhaseOf(view.Record.Spec)) is { State: PhaseState.Done } done
            && done.ProofSha256 != header.Sha256 => "stale: another proof was reported and accepted",
        _ => RefusalOfSize(view.Record.Spec, header.Bytes),
    };

    private static string? RefusalOfSize(SealSpec spec, ulong bytes) =>
        SealSpecs.ProofKindOf(spec) == ProofKind.Groth16
            && (ulong)ProofCheck.BytesOf(SealSpecs.ToConfig(spec)) is var expected && bytes != expected
            ? $"invalid: the sector's proof has {expected} bytes, not {bytes}"
            : null;

    private async Task<string?> ReceiveAsync(
        IAsyncStreamReader<ProofChunk> requests, ProofHeader header, CancellationToken stop)
    {
        await using var reception = shelf.Receive(header.Sector);
        do
        {
            var data = requests.Current.Data.Memory;
            if ((ulong)reception.Length + (ulong)data.Length > header.Bytes)
            {
                return $"digest: more than the {header.Bytes} bytes that were announced";
            }

            bytesReceived.Add(data.Length);
            await reception.WriteAsync(data, stop);
        }
        while (await NextAsync(requests, stop));

        return (ulong)reception.Length != header.Bytes
            ? $"digest: {reception.Length} bytes came, {header.Bytes} were announced"
            : await reception.KeepAsync(header.Sha256, stop) ? null
                : "digest: the bytes do not have the digest that was announced";
    }

    private static async Task<bool> NextAsync(IAsyncStreamReader<ProofChunk> requests, CancellationToken stop)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(stop);
        bound.CancelAfter(IdleTimeout);
        try
        {
            return await requests.MoveNext(bound.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new RpcException(
                StatusCode.DeadlineExceeded, $"nothing came for {IdleTimeout.TotalSeconds:0} s: send the proof anew");
        }
    }

    [LoggerMessage(3111, LogLevel.Information, "sector {Sector}: proof of {Bytes} bytes received from agent {Agent}")]
    private partial void LogReceived(ulong sector, string agent, ulong bytes);

    [LoggerMessage(3112, LogLevel.Warning, "sector {Sector}: proof from agent {Agent} refused: {Reason}")]
    private partial void LogRefused(ulong sector, string agent, string reason);
}
