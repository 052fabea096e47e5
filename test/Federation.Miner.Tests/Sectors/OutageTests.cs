using Federation.Discovery.Testing;
using Federation.Miner.Sectors;
using Federation.Testing;
using Microsoft.Extensions.Logging;

namespace Federation.Miner.Tests.Sectors;

public sealed class OutageTests
{
    private static readonly IOException Away = new("away (test)");

    private readonly ManualTimeProvider _time = new();
    private readonly RecordingLog _log = new();

    [Fact]
    public void Missed_AgainAndAgain_WaitsLongerUpToHalfAMinute()
    {
        var outage = New(random: 0);

        Assert.Equal(
            [1, 2, 4, 8, 16, 30, 30, 30],
            Enumerable.Range(0, 8).Select(_ => outage.Missed(1, "ticket", Away).TotalSeconds));
        Assert.Equal(1, outage.Missed(2, "ticket", Away).TotalSeconds);
        Assert.Equal(1, outage.Missed(1, "seed", Away).TotalSeconds);
        Assert.InRange(New(random: 1).Missed(1, "ticket", Away), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Missed_ByManyForLong_WarnsOnceAndThenEveryHalfMinute()
    {
        var outage = New(random: 0);
        for (var second = 0; second < 90; second++)
        {
            for (var sector = 1UL; sector <= 100; sector++)
            {
                outage.Missed(sector, "ticket", Away);
            }

            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([LogLevel.Warning, LogLevel.Warning, LogLevel.Warning], _log.Lines.Select(line => line.Level));

        for (var sector = 1UL; sector <= 100; sector++)
        {
            outage.Answered(sector, "ticket");
        }

        Assert.Equal(
            (LogLevel.Information, "the chain answers again, after 90 s", null), Assert.Single(_log.Lines[3..]));
    }

    [Fact]
    public void Answered_ByThoseWhoDidNotMissIt_SaysNothing()
    {
        var outage = New(random: 0);
        outage.Missed(1, "ticket", Away);

        outage.Answered(2, "ticket");
        // Its time was up: what the sector does next needs no chain.
        outage.Answered(1, "back-off");

        Assert.Single(_log.Lines);
    }

    [Fact]
    public void Missed_ComesAndGoes_WarnsOnceInTheInterval()
    {
        var outage = New(random: 0);
        for (var second = 0; second < 29; second++)
        {
            outage.Missed(1, "ticket", Away);
            outage.Answered(1, "ticket");
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([LogLevel.Warning, LogLevel.Information], _log.Lines.Select(line => line.Level));
    }

    /// <summary>Nine minutes of silence: some twenty questions, not one a second; then the sector goes on.</summary>
    [Fact]
    public async Task Sector_ChainAwayForLong_AsksLessAndLessOftenAndGoesOn()
    {
        var world = new SectorWorld(seed: 71);
        var sector = await world.PledgeAsync();
        await world.SettleAsync(until: static record => record.State == SectorStates.GetTicket);
        var asked = 0;
        world.Chain.BeforeCall = _ =>
        {
            asked++;
            throw Away;
        };

        var away = TimeSpan.Zero;
        while (away < TimeSpan.FromMinutes(9))
        {
            var result = await world.DriveAsync(sector);
            var wait = Assert.NotNull(result.AtMost);
            Assert.InRange(wait, TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(30));
            world.Time.Advance(wait);
            away += wait;
        }

        Assert.InRange(asked, 18, 45);
        Assert.InRange(world.ChainLog.Lines.Length, 2, 19);
        Assert.All(world.ChainLog.Lines, line => Assert.Equal(LogLevel.Warning, line.Level));

        world.Chain.BeforeCall = null;
        Assert.True((await world.DriveAsync(sector)).Moved);
        Assert.Equal(LogLevel.Information, world.ChainLog.Lines[^1].Level);
        Assert.NotEqual(SectorStates.GetTicket, await world.StateAsync(sector));
    }

    private Outage New(double random) => new("the chain", _time, () => random, _log);
}
