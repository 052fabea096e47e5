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

    [StoreFact]
    public async Task ManyActors_ByChance_KeepTheLaws()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var keys = StoreFixture.NewKeys();
        var board = new JobBoard(fixture.Store, keys);
        var start = (await fixture.Store.RangeAsync(new RangeQuery(keys.Root, true), CancellationToken.None)
            .BoundAsync()).Revision;

        await Task.WhenAll(Enumerable.Range(0, Actors).Select(i => Task.Run(() => ActorAsync(board, seed, i))));

        var last = await fixture.Store.TxnAsync(
            new StoreTxn([], [new PutOp(keys.Control + "end", default)], []), CancellationToken.None).BoundAsync();
        var history = await HistoryAsync(keys, start + 1, last.Revision);
        output.WriteLine($"{history.Claims} claims, {history.Adoptions} adoptions, {history.Reports} reports");
        Assert.True(history.Claims > 3 && history.Adoptions > 0
            && history.Reports > 0, $"seed {seed}: too little happened");
    }

    /// <summary>Two of the actors are the same agent, as after a restart whose predecessor still runs.</summary>
    private static Task ActorAsync(JobBoard board, int seed, int i) =>
        new BoardActor(board, BoardExtensions.Agent(((string[])["a", "b", "c", "a"])[i]), new Random(seed + i), Sectors)
            .RunAsync(Steps);

    private async Task<BoardHistory> HistoryAsync(FederationKeys keys, long from, long to)
    {
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
