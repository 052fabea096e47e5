using Federation.Proofs.Challenges;
using Federation.Proofs.Commit1;

namespace Federation.Proofs.Tests.Commit1;

public sealed class SyntheticProofsTests : IDisposable
{
    private readonly SealedSector _sector = Seal();

    public void Dispose() => _sector.Dispose();

    /// <summary>Any damage to a proof that the seed selects is found before the chain could.</summary>
    [Fact]
    public void Commit1_DamagedSelectedRecord_IsRefused()
    {
        const int seed = 59;
        var random = new Random(seed);
        var path = Prepare();
        var honest = File.ReadAllBytes(path);
        var set = new SyntheticChallenges(
            _sector.Config.Shape, _sector.Inputs.ReplicaId(_sector.Config), _sector.Inputs.CommR);
        var size = SyntheticRecord.Size(_sector.Config.Shape);
        for (var i = 0; i < 200; i++)
        {
            var damaged = honest.ToArray();
            var record = set.Selected(_sector.Inputs.Seed, i % 2);
            var position = SyntheticProver.HeaderSize + (record * size) + random.Next(size);
            damaged[position] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, damaged);

            var error = Record.Exception(() => _sector.Commit1(Commit1Form.Api));

            Assert.True(error is InvalidDataException, $"seed {seed}, case {i}, byte {position}: {error}");
        }
    }

    [Fact]
    public void Commit1_DamagedHeader_IsRefused()
    {
        var path = Prepare();
        var honest = File.ReadAllBytes(path);
        for (var position = 0; position < SyntheticProver.HeaderSize; position++)
        {
            var damaged = honest.ToArray();
            damaged[position] ^= 1;
            File.WriteAllBytes(path, damaged);

            Assert.Throws<InvalidDataException>(() => _sector.Commit1(Commit1Form.Api));
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void Commit1_FileOfAnotherSize_IsRefused(int difference)
    {
        var path = Prepare();
        using (var file = File.OpenWrite(path))
        {
            file.SetLength(file.Length + difference);
        }

        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => _sector.Commit1(Commit1Form.Api)).Message);
    }

    [Fact]
    public void WriteSyntheticProofs_AnotherSectorsInputs_AreRefusedWithoutAFile()
    {
        var other = _sector.Inputs with { CommR = Vectors.Seal("2KiB-5").Inputs.CommR };

        Assert.Throws<InvalidDataException>(() => SyntheticProofsPhase.Run(
            _sector.Config, other, _sector.Cache, _sector.Sealed, _sector.Options, null, default));
        Assert.False(File.Exists(_sector.PathOf(CacheFiles.SyntheticProofs)));
    }

    private static SealedSector Seal()
    {
        var vector = Vectors.Seal("2KiB-10");
        return new SealedSector(vector.Config, vector.Inputs, vector.Data());
    }

    private string Prepare()
    {
        _sector.WriteSyntheticProofs();
        SealCache.Clear(_sector.Config.Shape, _sector.Cache);
        return _sector.PathOf(CacheFiles.SyntheticProofs);
    }
}
