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

    private static string? Problem(Action<WorkerRegister> change)
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
        return RegistrationCheck.Problem(register, "t01000", 2048);
    }
}
