using Federation.MinerAgent.Scheduling;

namespace Federation.MinerAgent.Tests.Scheduling;

public sealed class PhaseMemoryTests
{
    private const ulong KiB = 1 << 10, MiB = 1 << 20, GiB = 1 << 30;

    /// <summary>Lotus's table where it has a row; a toy's C2 has the circuit of any other.</summary>
    [Theory]
    [InlineData("PC1", 2 * KiB, 2 * KiB)]
    [InlineData("C2", 2 * KiB, GiB)]
    [InlineData("C2", 8 * MiB, GiB)]
    [InlineData("C2", 512 * MiB, GiB)]
    [InlineData("C2", 32 * GiB, 30 * GiB)]
    [InlineData("C2", 64 * GiB, 60 * GiB)]
    [InlineData("C1", 64 * GiB, GiB)]
    public void Need_OfAPhase_IsLotussMinimum(string phase, ulong sectorSize, ulong bytes) =>
        Assert.Equal(bytes, PhaseMemory.Need(phase, sectorSize));
}
