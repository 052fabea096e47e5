using Federation.Proofs.Blake2b;

namespace Federation.Proofs.Tests.Blake2b;

public sealed class Blake2bDigestTests
{
    [Fact]
    public void Finish_PartsOfAnyLength_IsTheHashOfTheWhole()
    {
        foreach (var length in (int[])[0, 1, 127, 128, 129, 255, 256, 257, 1000])
        {
            var data = new byte[length];
            new Random(length).NextBytes(data);
            var expected = new byte[64];
            Blake2bHash.Hash(data, expected);
            foreach (var part in (int[])[1, 64, 127, 128, 129, 300, 1000])
            {
                var digest = new Blake2bDigest(64);
                foreach (var chunk in data.Chunk(part))
                {
                    digest.Append(chunk);
                }

                Assert.True(expected.AsSpan().SequenceEqual(digest.Finish()), $"{length} bytes in parts of {part}");
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65)]
    public void New_ImpossibleOutputLength_Throws(int size) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Blake2bDigest(size));
}
