using System.Diagnostics;
using System.Globalization;
using Federation.Discovery.Jobs;
using Federation.Discovery.Store;
using Federation.Discovery.Tests.Support;
using Federation.Proto.Records;
using Xunit.Abstractions;

namespace Federation.Discovery.Tests.Conformance;

/// <summary>Two processes race for each job: it is won once, and either of them wins its part.</summary>
public abstract class RaceContract(ServerFixture fixture, ITestOutputHelper output)
{
    private const int OffersPerTxn = 50;
    private const int OffersPerRound = 250;
    private static readonly string[] Names = ["a", "b"];

    [StoreFact]
    public async Task Claims_OfTwoProcesses_EachJobIsWonOnce()
    {
        var races = PeerProcess.IsLongRun ? 10_000 : 1_000;
        var keys = StoreFixture.NewKeys();
        var board = new JobBoard(fixture.Store, keys);
        var miner = keys.Root.Split('/')[2];
        var rivals = Names.Select(name => PeerProcess.Start("race", fixture.Address, miner, name)).ToArray();
        try
        {
            var wins = new int[rivals.Length];
            for (var first = 0; first < races; first += OffersPerRound)
            {
                await RegisterAsync(board, first, first + OffersPerRound);
                await RoundAsync(rivals, first + OffersPerRound, wins);
            }

            output.WriteLine($"{races} races: {wins[0]} and {wins[1]} wins");
            Assert.Equal(races, wins.Sum());
            Assert.All(wins, won => Assert.InRange(won, races / 10, races));
            await AssertJobsAsync(board, wins);
        }
        finally
        {
            foreach (var rival in rivals)
            {
                await rival.EndAsync();
            }
        }
    }

    /// <summary>Who is told first alternates.</summary>
    private static async Task RoundAsync(Process[] rivals, int end, int[] wins)
    {
        foreach (var rival in rivals)
        {
            await rival.StandardInput.WriteLineAsync(end.ToString(CultureInfo.InvariantCulture));
        }

        foreach (var rival in rivals)
        {
            Assert.Equal("ready", await rival.StandardOutput.ReadLineAsync().BoundAsync());
        }

        var isEven = end / OffersPerRound % 2 == 0;
        foreach (var rival in isEven ? rivals : rivals.Reverse())
        {
            await rival.StandardInput.WriteLineAsync("go");
        }

        for (var i = 0; i < rivals.Length; i++)
        {
            wins[i] += int.Parse(
                (await rivals[i].StandardOutput.ReadLineAsync().BoundAsync())!, CultureInfo.InvariantCulture);
        }
    }

    private static async Task RegisterAsync(JobBoard board, int first, int end)
    {
        for (; first < end; first += OffersPerTxn)
        {
            var offers = Enumerable.Range(first, OffersPerTxn)
                .Select(sector => board.Register(BoardExtensions.Offer((ulong)sector)))
                .Aggregate(static (left, right) => left + right);
            Assert.True(await board.TryCommitAsync(offers));
        }
    }

    /// <summary>What the store holds agrees with what the rivals say.</summary>
    private static async Task AssertJobsAsync(JobBoard board, int[] wins)
    {
        var jobs = await ReadAsync<JobRecord>(board, board.Keys.Jobs);
        var claims = await ReadAsync<ClaimRecord>(board, board.Keys.Claims);
        Assert.Empty(await ReadAsync<QueueRecord>(board, board.Keys.Queue));
        Assert.Equal(wins, Names.Select(name => jobs.Count(job => job.Agent == name)));
        Assert.Equal(wins, Names.Select(name => claims.Count(claim => claim.Agent == name)));
        Assert.All(jobs, static job => Assert.Equal(1UL, job.Epoch));
    }

    private static async Task<List<T>> ReadAsync<T>(JobBoard board, string prefix)
        where T : class, Google.Protobuf.IMessage<T>, new()
    {
        var range = await board.Store.RangeAsync(new RangeQuery(prefix, true), CancellationToken.None).BoundAsync();
        return [.. range.Entries.Select(static entry => Versioned.From<T>(entry).Record)];
    }
}

[Collection(EmbeddedSuite.Name)]
public sealed class EmbeddedRaceTests(EmbeddedFixture fixture, ITestOutputHelper output)
    : RaceContract(fixture, output);

[RequiresEtcd]
[Collection(EtcdSuite.Name)]
public sealed class EtcdRaceTests(EtcdFixture fixture, ITestOutputHelper output) : RaceContract(fixture, output);
