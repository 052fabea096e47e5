using Federation.Bench.Sectors;

namespace Federation.Bench.Tests;

public sealed class WorkerPhaseTests
{
    [Fact]
    public void MemoryOf_Status_AddsAnonymousAndSharedMemory() => Assert.Equal(
        (123456L + 789) << 10,
        WorkerPhase.MemoryOf(
            ["VmHWM:\t  999999 kB", "VmRSS:\t  888888 kB", "RssAnon:\t  123456 kB", "RssFile:\t   77777 kB",
                "RssShmem:\t     789 kB"]));

    [Fact]
    public void ResidentOf_Status_IsTheMostThatWasResident() => Assert.Equal(
        999999L << 10, WorkerPhase.ResidentOf(["VmHWM:\t  999999 kB", "VmRSS:\t  888888 kB"]));

    [Fact]
    public void MemoryOf_ProcessThatEnded_IsNothing()
    {
        Assert.Equal(0, WorkerPhase.MemoryOf(["State:\tZ (zombie)"]));
        Assert.Equal(0, WorkerPhase.ResidentOf(["State:\tZ (zombie)"]));
    }

    [Fact]
    public void Run_FailingPhase_SaysWhatItSaid()
    {
        var worker = new WorkerPhase("/bin/ls", new Dictionary<string, string>());

        var error = Assert.Throws<InvalidOperationException>(() => worker.Run(["/there-is-no-such-file"], default));

        Assert.Contains("there-is-no-such-file", error.Message);
    }
}
