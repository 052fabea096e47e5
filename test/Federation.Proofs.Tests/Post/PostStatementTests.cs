using Federation.Proofs.Post;

namespace Federation.Proofs.Tests.Post;

public sealed class PostStatementTests
{
    private static readonly SectorShape Small = SectorShape.Parse("2KiB");

    private static readonly PostConfig Window = PostConfig.Create(Small, PostKind.Window, ApiVersion.V1_1);

    [Theory]
    [InlineData(0, "Winning 2KiB V1_0 66x1")]
    [InlineData(4, "Winning 64GiB V1_0 66x1")]
    [InlineData(5, "Window 2KiB V1_0 2x10")]
    [InlineData(8, "Window 32GiB V1_0 2349x10")]
    [InlineData(12, "Window 512MiB V1_2 2x10")]
    [InlineData(14, "Window 64GiB V1_2 2300x10")]
    public void FromRegistered_EveryFamily_IsItsShapeVersionAndCircuit(int number, string expected)
    {
        var config = PostConfig.FromRegistered(number);

        Assert.Equal(
            expected,
            $"{config.Kind} {config.Shape} {config.ApiVersion} "
            + $"{config.CircuitSectors}x{config.ChallengesPerCircuitSector}");
        Assert.Equal(number, config.RegisteredPostProof);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(15)]
    public void FromRegistered_UnknownNumber_IsRefused(int number) =>
        Assert.Throws<ArgumentException>(() => PostConfig.FromRegistered(number));

    [Fact]
    public void ChallengesOf_EveryVersion_DependsOnPlaceUpTo11Only()
    {
        PostSector[] sectors = [new(7, default), new(9, default), new(11, default)];
        var place = Enum.GetValues<ApiVersion>().ToDictionary(
            version => version,
            version => new PostStatement(
                PostConfig.Create(Small, PostKind.Window, version), default, sectors).ChallengesOf(2));

        Assert.Equal(place[ApiVersion.V1_0], place[ApiVersion.V1_1]);
        Assert.NotEqual(place[ApiVersion.V1_1], place[ApiVersion.V1_2]);
        Assert.Equal(
            place[ApiVersion.V1_2],
            new PostStatement(
                PostConfig.Create(Small, PostKind.Window, ApiVersion.V1_2), default, sectors[2..]).ChallengesOf(0));
    }

    [Fact]
    public void PositionsOf_LastPartition_RepeatsTheLastSector()
    {
        var statement = new PostStatement(Window, default, [new(3, default), new(1, default), new(2, default)]);

        Assert.Equal(2, statement.Partitions);
        Assert.Equal([0, 1], statement.PositionsOf(0));
        Assert.Equal([2, 2], statement.PositionsOf(1));
        Assert.Equal([1ul, 2, 3], statement.Sectors.Select(sector => sector.Number));
        Assert.Throws<ArgumentOutOfRangeException>(() => statement.PositionsOf(2));
    }

    /// <summary>Bits 254 and 255 of the little-endian number must be clear; the bit below them is free.</summary>
    [Theory]
    [InlineData(0x40, false)]
    [InlineData(0x80, false)]
    [InlineData(0x3f, true)]
    public void Statement_RandomnessWithTopBits_IsRefused(byte last, bool usable)
    {
        var bytes = new byte[Bytes32.Size];
        bytes[^1] = last;
        var randomness = new Bytes32(bytes);

        Assert.Equal(usable, PostChallenges.IsUsable(randomness));
        if (!usable)
        {
            var refusal = Assert.Throws<ArgumentException>(
                () => new PostStatement(Window, randomness, [new(1, default)]));
            Assert.Contains("two top bits", refusal.Message);
        }
    }

    [Fact]
    public void Statement_OfImpossibleSectors_IsRefused()
    {
        var winning = PostConfig.Create(Small, PostKind.Winning, ApiVersion.V1_1);
        Span<byte> large = stackalloc byte[Bytes32.Size];
        large.Fill(0xff);
        var noElement = new Bytes32(large);

        AssertRefused("needs a sector", Window, []);
        AssertRefused("sector 4 is named twice", Window, [new(4, default), new(5, default), new(4, default)]);
        AssertRefused("one sector, not 2", winning, [new(1, default), new(2, default)]);
        AssertRefused("of sector 6 is not a field element", Window, [new(6, noElement)]);
    }

    private static void AssertRefused(string sentence, PostConfig config, PostSector[] sectors) =>
        Assert.Contains(
            sentence,
            Assert.Throws<ArgumentException>(() => new PostStatement(config, default, sectors)).Message);
}
