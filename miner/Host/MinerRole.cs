using Federation.Chain;
using Federation.Discovery.Jobs;
using Federation.Discovery.Leader;
using Federation.Discovery.Store;
using Federation.Hosting;
using Federation.Miner.Shelf;
using Federation.Miner.Sectors;
using Federation.Proto.Records;
using Microsoft.Extensions.Logging;

namespace Federation.Miner.Host;

/// <summary>
/// Being the acting miner: takes the role on a lease, drives the sectors while it has it, and takes it anew when it was
/// lost. Only while <see cref="Acting"/> is set can anything be changed.
/// </summary>
internal sealed partial class MinerRole(
    JobBoard board, IChain chain, ProofShelf shelf, SectorIndex index, LeaderRecord candidate, TimeSpan timeToLive,
    GracePolicy grace, ILoggerFactory loggers, TimeProvider time)
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private const string Lease = "the miner's lease";

    private readonly ILogger _logger = loggers.CreateLogger<MinerRole>();
    private readonly Outage _store = new(
        "the store", time, Random.Shared.NextDouble, loggers.CreateLogger<MinerRole>());
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ActingMiner? _acting;

    /// <summary>Told whenever the role is taken (true) or lost (false).</summary>
    public Action<bool>? ActingChanged { get; init; }

    /// <summary>What acts; null while the role is not held.</summary>
    public ActingMiner? Acting => _acting;

    /// <summary>The last term held.</summary>
    public ulong Term { get; private set; }

    /// <summary>Completes when the role has been taken for the first time.</summary>
    public Task Taken => _first.Task;

    /// <summary>Runs until the token is cancelled.</summary>
    /// <exception cref="OperatorException">Another repository runs this miner.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await using var lease = await board.Store.GrantLeaseAsync(timeToLive, stop);
                _store.Answered(0, Lease);
                await ActAsync(lease, stop);
            }
            catch (Exception error) when (
                error is StoreUnavailableException or OutcomeUnknownException or LeaseNotFoundException)
            {
                // Asked again after a second all the same: without the role nothing goes on.
                _ = _store.Missed(0, Lease, error);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                LogLost(Term);
            }

            await Task.Delay(Retry, time, stop);
        }
    }

    private async Task ActAsync(ILease lease, CancellationToken stop)
    {
        var result = await Leadership.AcquireAsync(board.Store, board.Keys, candidate, lease, stop);
        if (result.Leadership is not { } leadership)
        {
            throw new OperatorException(result.Reason);
        }

        Term = leadership.Term;
        using var acting = CancellationTokenSource.CreateLinkedTokenSource(stop, lease.Lost);
        var reader = new SectorReader(board);
        var writer = new SectorWriter(board, leadership.Fence, time, Random.Shared.NextDouble);
        var handlers = new SectorHandlers(chain, shelf, new WaitLimits(), time);
        var driver = new SectorDriver(
            board, reader, writer, handlers, grace,
            new Outage("the chain or a disk", time, Random.Shared.NextDouble, loggers.CreateLogger<SectorDriver>()),
            time, loggers.CreateLogger<SectorDriver>());
        var loop = new SectorLoop(board, chain, driver, index, _store, time, loggers.CreateLogger<SectorLoop>());
        _acting = new ActingMiner(reader, writer, driver, loop);
        LogActing(Term);
        ActingChanged?.Invoke(true);
        _first.TrySetResult();
        try
        {
            await loop.RunAsync(acting.Token);
        }
        finally
        {
            _acting = null;
            ActingChanged?.Invoke(false);
        }
    }

    [LoggerMessage(3211, LogLevel.Information, "acting as the miner, term {Term}")]
    private partial void LogActing(ulong term);

    [LoggerMessage(3212, LogLevel.Warning,
        "the lease of term {Term} may be lost: nothing is changed until it is taken anew")]
    private partial void LogLost(ulong term);
}
