using Federation.Hosting;
using Federation.Proofs;
using Federation.Storage.Space;
using Federation.Worker.Run;

namespace Federation.Worker.Tests.Run;

public sealed class LanesRoomTests
{
    private const ulong Size = 512UL << 20;
    private const long Needed = 16L << 30;

    private static readonly SealOptions OnDisk = new() { LaneScratchDirectory = "/lanes" };

    [Fact]
    public void Require_DiskTooSmall_SaysWhatIsNeededAndWhatIsFree()
    {
        var refused = Assert.Throws<OperatorException>(() => LanesRoom.Require(16, Size, OnDisk, new Free(Needed - 1)));
        Assert.Equal(
            "--pc1-lanes 16 needs 16384 MiB on the disk of --pc1-lanes-dir /lanes for sectors of 536870912 bytes, "
                + "16383 MiB are free",
            refused.Message);
        Assert.Contains("free some space there", refused.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(16u, Size, Needed)]
    [InlineData(8u, Size, Needed / 2)]
    [InlineData(3u, Size, Needed / 4)]
    [InlineData(0u, Size, 0L)]
    [InlineData(16u, 0UL, 0L)]
    [InlineData(16u, 2048UL, 0L)]
    public void Require_RoomOrNoneNeeded_IsSilent(uint lanes, ulong sectorSize, long free) =>
        AssertSilent(lanes, sectorSize, OnDisk, free);

    [Fact]
    public void Require_MemoryHoldsTheLanes_AsksForNoDisk() =>
        AssertSilent(16, Size, OnDisk with { MemoryBytes = Needed }, free: 0);

    [Fact]
    public void Require_NoFolder_IsSilent() => AssertSilent(16, Size, new SealOptions(), free: 0);

    private static void AssertSilent(uint lanes, ulong sectorSize, SealOptions options, long free) =>
        Assert.Null(Record.Exception(() => LanesRoom.Require(lanes, sectorSize, options, new Free(free))));

    private sealed class Free(long bytes) : IFreeSpace
    {
        public long FreeBytes(string path) => path == "/lanes" ? bytes : throw new InvalidOperationException(path);
    }
}
