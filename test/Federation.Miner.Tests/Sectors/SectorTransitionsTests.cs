using Federation.Miner.Sectors;

namespace Federation.Miner.Tests.Sectors;

public sealed class SectorTransitionsTests
{
    [Fact]
    public void Table_EveryStateAndTarget_IsAValidName() => Assert.All(SectorTransitions.All, static entry =>
    {
        Assert.True(entry.Key.State.Length == 0 || SectorStates.IsValid(entry.Key.State), entry.Key.State);
        Assert.True(SectorStates.IsValid(entry.Value), entry.Value);
    });

    [Fact]
    public void States_All_AreLotusSixtyThree()
    {
        Assert.Equal(63, SectorStates.All.Count);
        Assert.Equal(SectorStates.All.Distinct().Count(), SectorStates.All.Count);
    }

    [Fact]
    public void Table_EveryDrivenState_LeadsToProvingOrWaitsForAnOperator()
    {
        var reached = new HashSet<string> { SectorStates.Proving };
        while (SectorTransitions.All.Any(entry => reached.Contains(entry.Value) && reached.Add(entry.Key.State)))
        {
        }

        var driven = SectorStates.All.Where(SectorTransitions.IsDriven)
            .Except([SectorStates.Removing, SectorStates.RemoveFailed, SectorStates.Removed]);
        Assert.All(driven, state => Assert.Contains(state, reached));
    }

    [Fact]
    public void RetryTable_EveryFailureStateOfTheTable_HasARuleAndAWayOut()
    {
        var failures = SectorTransitions.All.Values.Where(
            static state => state.EndsWith("Failed", StringComparison.Ordinal));
        Assert.All(failures, static state => Assert.NotNull(RetryTable.Find(state)));
        Assert.All(RetryTable.All, static rule =>
        {
            Assert.Contains(SectorTransitions.All.Keys, key => key.State == rule.State);
            Assert.True(rule.Attempts > 0 && rule.Base > TimeSpan.Zero && rule.Cap >= rule.Base);
        });
    }

    [Theory]
    [InlineData(1, 0, 10)]
    [InlineData(2, 0, 20)]
    [InlineData(4, 0, 80)]
    [InlineData(4, 1, 40)]
    [InlineData(60, 0, 600)]
    [InlineData(uint.MaxValue, 1, 300)]
    public void Wait_NthFailure_DoublesUpToItsCapAndIsShortenedByUpToHalf(uint failures, double random, double seconds)
    {
        var rule = new RetryRule("x", 3, TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(10));
        Assert.Equal(seconds, rule.Wait(failures, random).TotalSeconds);
    }

    [Theory]
    [InlineData(SectorStates.Proving, nameof(SectorEvent.Packed))]
    [InlineData(SectorStates.Packing, nameof(SectorEvent.Committed))]
    [InlineData(SectorStates.Removed, nameof(SectorEvent.Remove))]
    [InlineData(SectorStates.Removed, nameof(SectorEvent.FatalError))]
    [InlineData(SectorStates.WaitSeed, nameof(SectorEvent.OrderLost))]
    public void Next_EventThatDoesNotBelong_IsNull(string state, string happened) =>
        Assert.Null(SectorTransitions.Next(state, Enum.Parse<SectorEvent>(happened)));
}
