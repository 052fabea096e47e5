using Federation.Storage.Unsealed;

namespace Federation.Storage.Tests;

public sealed class UnsealedTrailerTests
{
    [Fact]
    public void ForFullSector_2KiB_IsRleOfOneRunAndItsLength() =>
        // Bits lowest first: version 00, first run set 1, long run 00, LEB128 of 2048 = 80 10.
        Assert.Equal("041002" + "03000000", Convert.ToHexStringLower(UnsealedTrailer.ForFullSector(2048)));

    [Fact]
    public void Write_NothingAllocated_IsItsLengthAlone() =>
        Assert.Equal("00000000", Convert.ToHexStringLower(UnsealedTrailer.Write([])));

    [Fact]
    public void Append_FullSectorOf2KiB_Has2055Bytes()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Root, "unsealed");
        File.WriteAllBytes(path, new byte[2048]);

        UnsealedTrailer.Append(path, 2048);

        Assert.Equal(2055, new FileInfo(path).Length);
        Assert.Equal([new ByteRange(0, 2048)], UnsealedTrailer.Read(path, 2048));
        Assert.Throws<StorageException>(() => UnsealedTrailer.Append(path, 2048));
        Assert.Throws<StorageException>(() => UnsealedTrailer.Read(path, 4096));
    }

    [Theory]
    [InlineData(20261121)]
    public void TryParse_OfWritten_GivesTheSameRanges(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 2000; round++)
        {
            var ranges = new List<ByteRange>();
            var position = (long)random.Next(2) * random.Next(1, 40);
            for (var i = random.Next(6); i > 0; i--)
            {
                var length = random.NextInt64(1, 1L << random.Next(1, 37));
                ranges.Add(new ByteRange(position, length));
                position += length + random.NextInt64(1, 1L << random.Next(1, 30));
            }

            Assert.True(
                UnsealedTrailer.TryParse(UnsealedTrailer.Write(ranges), 1L << 40, out var parsed),
                    $"seed {seed}, round {round}");
            Assert.Equal(ranges, parsed);
        }
    }

    [Theory]
    [InlineData(7)]
    public void TryParse_AnyBytes_IsRefusedOrCanonical(int seed)
    {
        var random = new Random(seed);
        var cases = int.TryParse(Environment.GetEnvironmentVariable("FEDERATION_FUZZ_CASES"), out var wanted)
            ? wanted : 100_000;
        for (var round = 0; round < cases; round++)
        {
            var bytes = new byte[random.Next(0, 12)];
            random.NextBytes(bytes);
            if (round % 2 == 0 && bytes.Length >= 4)
            {
                bytes.AsSpan(bytes.Length - 4).Clear();
                bytes[^4] = (byte)(bytes.Length - 4);
            }

            if (UnsealedTrailer.TryParse(bytes, 2048, out var ranges))
            {
                Assert.True(bytes.AsSpan().SequenceEqual(UnsealedTrailer.Write(ranges)), $"seed {seed}, round {round}");
                Assert.All(ranges, range => Assert.InRange(range.End, 1, 2048));
            }
        }
    }

    [Fact]
    public void Write_TouchingRanges_AreRefused() => Assert.Throws<ArgumentException>(
        () => UnsealedTrailer.Write([new ByteRange(0, 5), new ByteRange(5, 5)]));
}
