using Federation.Discovery.Jobs;
using Federation.Discovery.Store;
using Federation.Discovery.Tests.Support;
using Xunit.Abstractions;

namespace Federation.Discovery.Tests.Jobs;

/// <summary>Whatever agents and miners do at once, on old knowledge and with leases that end, the board's laws
/// hold.</summary>
public abstract class JobBoardLaws(StoreFixture fixture, ITestOutputHelper output)
{
    private const int Actors = 4;
    private const int Steps = 500;
    private const int Sectors = 3;
    private const int MostRounds = 20;

    [StoreFact]
    public async Task ManyActors_ByChance_KeepTheLaws()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var keys = StoreFixture.NewKeys();
        var board = new JobBoard(fixture.Store, keys);
        var start = (await fixture.Store.RangeAsync(new RangeQuery(keys.Root, true), CancellationToken.None)
            .BoundAsync()).Revision;

        var history = new BoardHistory(keys);
        // How much happens is chance: the actors go on with the board until it was enough.
        for (var round = 0; round < MostRounds && !IsEnough(history); round++)
        {
            var first = seed + (round * Actors);
            await Task.WhenAll(Enumerable.Range(0, Actors).Select(i => Task.Run(() => ActorAsync(board, first, i))));
            history = await HistoryAsync(keys, start + 1);
        }

        output.WriteLine($"{history.Claims} claims, {history.Adoptions} adoptions, {history.Reports} reports");
        Assert.True(IsEnough(history), $"seed {seed}: too little happened");
    }

    private static bool IsEnough(BoardHistory history) =>
        history.Claims > 3 && history.Adoptions > 0 && history.Reports > 0;

    /// <summary>Two of the actors are the same agent, as after a restart whose predecessor still runs.</summary>
    private static Task ActorAsync(JobBoard board, int seed, int i) =>
        new BoardActor(board, BoardExtensions.Agent(((string[])["a", "b", "c", "a"])[i]), new Random(seed + i), Sectors)
            .RunAsync(Steps);

    private async Task<BoardHistory> HistoryAsync(FederationKeys keys, long from)
    {
        var end = new StoreTxn([], [new PutOp(keys.Control + "end", default)], []);
        var to = (await fixture.Store.TxnAsync(end, CancellationToken.None).BoundAsync()).Revision;
        var history = new BoardHistory(keys);
        await using var watch = fixture.Store.WatchAsync(new WatchQuery(keys.Root, true, from), CancellationToken.None)
            .GetAsyncEnumerator();
        for (var seen = 0L; seen < to;)
        {
            var batch = await watch.NextAsync();
            foreach (var revision in batch.Changes.GroupBy(static change => change.Entry.ModRevision))
            {
                history.Apply(revision);
                seen = revision.Key;
            }
        }

        return history;
    }
}

[Collection(InMemorySuite.Name)]
public sealed class InMemoryJobBoardLaws(InMemoryFixture fixture, ITestOutputHelper output)
    : JobBoardLaws(fixture, output);

[Collection(EmbeddedSuite.Name)]
public sealed class EmbeddedJobBoardLaws(EmbeddedFixture fixture, ITestOutputHelper output)
    : JobBoardLaws(fixture, output);

[RequiresEtcd]
[Collection(EtcdSuite.Name)]
public sealed class EtcdJobBoardLaws(EtcdFixture fixture, ITestOutputHelper output) : JobBoardLaws(fixture, output);
