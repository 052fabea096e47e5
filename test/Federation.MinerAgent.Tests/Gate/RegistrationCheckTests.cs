using Federation.MinerAgent.Gate;
using Federation.Proto.Gates;

namespace Federation.MinerAgent.Tests.Gate;

public sealed class RegistrationCheckTests
{
    [Fact]
    public void Problem_WellFormed_IsNone() => Assert.Null(Problem(_ => { }));

    [Fact]
    public void Problem_SizeOrMinerNotSet_IsNone() =>
        Assert.Null(Problem(register => (register.SectorSize, register.Miner) = (0, "")));

    [Fact]
    public void Problem_SameMinerOfTheOtherPrefix_IsNone() =>
        Assert.Null(Problem(register => register.Miner = "f01000"));

    [Fact]
    public void Problem_OtherSectorSize_NamesBothAndTheRemedy()
    {
        var problem = Problem(register => register.SectorSize = 4096)!;
        Assert.Contains("SECTOR_SIZE", problem, StringComparison.Ordinal);
        Assert.Contains("4096", problem, StringComparison.Ordinal);
        Assert.Contains("set SECTOR_SIZE to 2048", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Problem_OtherMiner_NamesBoth() =>
        Assert.Contains("MINER_ADDR of this worker is t01001", Problem(register => register.Miner = "t01001"),
            StringComparison.Ordinal);

    // A worker that does not know SECTOR_SIZE announces lanes that no sector of this miner fits into.
    [Theory]
    [InlineData(16, 1UL << 30, "needs 16384 MiB of memory for sectors of 536870912 bytes, 1024 MiB may be used")]
    [InlineData(16, 1UL << 30, "or no --pc1-lanes.")]
    [InlineData(16, (16UL << 30) - 1, "or --pc1-lanes 8.")]
    [InlineData(2, 0UL, "--pc1-lanes 2 of this worker needs 4096 MiB")]
    public void Problem_LanesThatDoNotFit_SaysWhatWouldFit(uint lanes, ulong memory, string sentence)
    {
        var problem = Problem(register => Offer(register, lanes, memory), 512UL << 20);
        Assert.Contains(sentence, problem!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0UL)]
    [InlineData(1, 0UL)]
    [InlineData(16, 16UL << 30)]
    [InlineData(16, long.MaxValue)]
    [InlineData(5, 8UL << 30)]
    public void Problem_LanesThatFit_IsNone(uint lanes, ulong memory) =>
        Assert.Null(Problem(register => Offer(register, lanes, memory), 512UL << 20));

    public static TheoryData<string, Action<WorkerRegister>> Malformed => new()
    {
        { "id", register => register.WorkerId = "x" },
        { "session", register => register.Session = "" },
        { "no host", register => register.Hostname = "" },
        { "control character", register => register.Hostname = "a\nb" },
        { "long host", register => register.Hostname = new string('a', 300) },
        { "no phase", register => register.Phases.Clear() },
        { "unknown phase", register => register.Phases.Add("XX") },
        { "no slot", register => register.Slots.Add("PC1", 0) },
        { "attempt is a path", register =>
            register.Running.Add(new RunningTaskRef { Phase = "PC1", Attempt = "../1" }) },
        { "task's phase", register => register.Running.Add(new RunningTaskRef { Phase = "..", Attempt = "1-1" }) },
        { "escape in the software's name", register => register.Software = "a\u001b[2J" },
        { "line in the group", register => register.Group = "a\nb" },
        { "line in the miner's address", register => register.Miner = "t01000\n" },
        { "miner of one letter", register => register.Miner = "t" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Problem_Malformed_IsRefused(string what, Action<WorkerRegister> spoil) =>
        Assert.True(Problem(spoil) is not null, what);

    private static void Offer(WorkerRegister register, uint lanes, ulong memory) =>
        (register.SectorSize, register.Pc1Lanes, register.Pc1LanesMemory) = (0, lanes, memory);

    private static string? Problem(Action<WorkerRegister> change, ulong sectorSize = 2048)
    {
        var register = new WorkerRegister
        {
            WorkerId = Guid.NewGuid().ToString(),
            Session = Guid.NewGuid().ToString(),
            Hostname = "host",
            Phases = { "PC1" },
            SectorSize = 2048,
            Miner = "t01000",
        };
        change(register);
        return RegistrationCheck.Problem(register, "t01000", sectorSize);
    }
}
