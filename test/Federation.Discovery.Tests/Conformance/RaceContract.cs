using System.Diagnostics;
using System.Globalization;
using Federation.Discovery.Jobs;
using Federation.Discovery.Store;
using Federation.Discovery.Tests.Support;
using Federation.Proto.Records;
using Xunit.Abstractions;

namespace Federation.Discovery.Tests.Conformance;

/// <summary>
/// Two processes race for one job after another: each is won once, and either of them wins its part. Both are ready
/// before each race, and which is told first alternates: a pause of one costs it no more than one race, and chance is
/// not asked for a fair share.
/// </summary>
public abstract class RaceContract(ServerFixture fixture, ITestOutputHelper output)
{
    private const int OffersPerRound = 50;
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
            var winners = new List<int>();
            for (var first = 0; first < races; first += OffersPerRound)
            {
                await RegisterAsync(board, first);
                winners.AddRange(await RoundAsync(rivals));
            }

            int[] wins = [winners.Count(static winner => winner == 0), winners.Count(static winner => winner == 1)];
            output.WriteLine($"{races} races: {wins[0]} and {wins[1]} wins");
            Assert.Equal(races, wins.Sum());
            Assert.All(wins, won => Assert.InRange(won, races / 10, races));
            await AssertJobsAsync(board, winners);
        }
        finally
        {
            foreach (var rival in rivals)
            {
                await rival.EndAsync();
            }
        }
    }

    private static async Task RegisterAsync(JobBoard board, int first)
    {
        var offers = Enumerable.Range(first, OffersPerRound)
            .Select(sector => board.Register(BoardExtensions.Offer((ulong)sector)))
            .Aggregate(static (left, right) => left + right);
        Assert.True(await board.TryCommitAsync(offers));
    }

    /// <summary>The winner of each race, by its place in <see cref="Names"/>.</summary>
    private static async Task<List<int>> RoundAsync(Process[] rivals)
    {
        await TellAsync(rivals, OffersPerRound.ToString(CultureInfo.InvariantCulture));
        Assert.All(await HearAsync(rivals), static said => Assert.Equal("ready", said));
        var winners = new List<int>();
        for (var race = 0; race < OffersPerRound; race++)
        {
            await TellAsync(race % 2 == 0 ? rivals : rivals.Reverse(), "go");
            var said = await HearAsync(rivals);
            Assert.Equal(["lost", "won"], said.Order(StringComparer.Ordinal));
            winners.Add(Array.IndexOf(said, "won"));
        }

        return winners;
    }

    private static async Task TellAsync(IEnumerable<Process> rivals, string line)
    {
        foreach (var rival in rivals)
        {
            await rival.StandardInput.WriteLineAsync(line);
        }
    }

    private static async Task<string[]> HearAsync(Process[] rivals)
    {
        var said = new string[rivals.Length];
        for (var i = 0; i < rivals.Length; i++)
        {
            said[i] = await rivals[i].StandardOutput.ReadLineAsync().BoundAsync() ?? "(ended)";
        }

        return said;
    }

    /// <summary>What the store holds agrees with what the rivals say.</summary>
    private static async Task AssertJobsAsync(JobBoard board, List<int> winners)
    {
        var jobs = await ReadAsync<JobRecord>(board, board.Keys.Jobs);
        var claims = await ReadAsync<ClaimRecord>(board, board.Keys.Claims);
        Assert.Empty(await ReadAsync<QueueRecord>(board, board.Keys.Queue));
        Assert.Equal(
            winners.Select(static winner => Names[winner]),
            jobs.OrderBy(static job => job.Sector).Select(static job => job.Agent));
        Assert.Equal(winners.Count, claims.Count);
        Assert.All(Names, name =>
            Assert.Equal(jobs.Count(job => job.Agent == name), claims.Count(claim => claim.Agent == name)));
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
