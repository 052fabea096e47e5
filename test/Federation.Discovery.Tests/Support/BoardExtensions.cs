using Federation.Discovery.Jobs;
using Federation.Discovery.Store;
using Federation.Proto.Records;
using Google.Protobuf;

namespace Federation.Discovery.Tests.Support;

internal static class BoardExtensions
{
    public static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(60);

    public static QueueRecord Offer(ulong sector, string region = "", params string[] phases) => new()
    {
        Sector = sector,
        Region = region,
        Spec = new SealSpec { SealProof = 5, SectorSize = 2048, Miner = 1000 },
        Pieces = { new Piece { Size = 2048, Cid = "baga6ea4seaq" } },
        Order = new Order { Number = 1, Phases = { phases.Length == 0 ? ["AP"] : phases } },
    };

    public static AgentIdentity Agent(string name, string region = "north") => new(name, region, "repository-" + name);

    public static Task<ILease> LeaseAsync(this JobBoard board) =>
        board.Store.GrantLeaseAsync(TimeToLive, CancellationToken.None).BoundAsync();

    public static async Task<Versioned<T>?> ReadAsync<T>(this JobBoard board, string key)
        where T : class, IMessage<T>, new()
    {
        var range = await board.Store.RangeAsync(new RangeQuery(key), CancellationToken.None).BoundAsync();
        return Versioned.FromOrNull<T>(range.Entries.SingleOrDefault());
    }

    public static async Task<bool> TryCommitAsync(this JobBoard board, JobChange change) =>
        (await board.CommitAsync(change, CancellationToken.None).BoundAsync()).Applied;

    public static async Task<Versioned<QueueRecord>> RegisteredAsync(this JobBoard board, QueueRecord offer)
    {
        Assert.True(await board.TryCommitAsync(board.Register(offer)));
        return (await board.ReadAsync<QueueRecord>(board.Keys.QueueOf(offer.Sector)))!;
    }

    public static async Task<ClaimResult.Won> ClaimedAsync(
        this JobBoard board, Versioned<QueueRecord> offer, AgentIdentity me, ILease lease) =>
        Assert.IsType<ClaimResult.Won>(await board.ClaimAsync(offer, me, lease, CancellationToken.None).BoundAsync());

    public static Task<ReportResult> ReportAsync(
        this JobBoard board, Versioned<JobRecord> job, Versioned<ReportRecord>? seen, ILease lease,
        params PhaseReport[] phases) =>
        board.ReportAsync(job, seen, new ReportRecord { Phases = { phases } }, lease, CancellationToken.None)
            .BoundAsync();

    public static PhaseReport Phase(string phase, PhaseState state, string attempt = "1-1") =>
        new() { Phase = phase, State = state, Attempt = attempt };
}
