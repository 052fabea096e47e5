using Federation.MinerAgent.Jobs;
using Federation.Proto.Records;

namespace Federation.MinerAgent.Tests.Jobs;

public sealed class JobPlanTests
{
    [Theory]
    [InlineData("", "PC1")]
    [InlineData("PC1:Running", "PC1")]
    [InlineData("PC1:Done", "PC2")]
    [InlineData("PC1:Done PC2:Running", "PC2")]
    [InlineData("PC1:Done PC2:Done", null)]
    [InlineData("PC1:Failed", null)]
    [InlineData("PC1:Done PC2:Failed", null)]
    public void Next_PhasesReported_IsTheFirstThatIsOpen(string reported, string? expected) =>
        Assert.Equal(expected, (JobPlan.Next(Job(4), Report(4, reported)) as JobStep.Run)?.Phase);

    [Fact]
    public void Next_ReportOfEarlierOrder_StartsAfresh() =>
        Assert.Equal("PC1", Assert.IsType<JobStep.Run>(JobPlan.Next(Job(5), Report(4, "PC1:Done PC2:Done"))).Phase);

    [Fact]
    public void Next_Cancelled_StartsNothing()
    {
        var job = Job(4);
        job.Cancel = true;
        Assert.IsType<JobStep.Wait>(JobPlan.Next(job, null));
    }

    [Fact]
    public void With_SameOrder_KeepsWhatIsDone()
    {
        var next = JobPlan.With(
            Job(4), Report(4, "PC1:Done PC2:Running"), new PhaseReport { Phase = "PC2", State = PhaseState.Done });
        Assert.Equal(["PC1", "PC2"], next.Phases.Select(phase => phase.Phase));
        Assert.All(next.Phases, phase => Assert.Equal(PhaseState.Done, phase.State));
    }

    [Fact]
    public void With_NewOrder_DropsWhatBelongedToTheOld()
    {
        var next = JobPlan.With(
            Job(5), Report(4, "PC1:Done"), new PhaseReport { Phase = "C1", State = PhaseState.Running });
        Assert.Equal(["C1"], next.Phases.Select(phase => phase.Phase));
        Assert.Equal(5u, next.Order);
    }

    [Theory]
    [InlineData("C1", "C1")]
    [InlineData("C1,C2", "C2")]
    [InlineData("PC1,PC2", null)]
    public void ProofPhase_IsTheLastThatProves(string phases, string? expected) =>
        Assert.Equal(expected, JobPlan.ProofPhase(new Order { Phases = { phases.Split(',') } }));

    private static JobRecord Job(uint order) =>
        new() { Sector = 7, Epoch = 2, Order = new Order { Number = order, Phases = { "PC1", "PC2" } } };

    private static ReportRecord Report(uint order, string phases) => new()
    {
        Order = order,
        Phases =
        {
            phases.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split(':')).Select(
                parts => new PhaseReport { Phase = parts[0], State = Enum.Parse<PhaseState>(parts[1]) }),
        },
    };
}
