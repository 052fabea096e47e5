using System.Security.Cryptography;
using Federation.Proofs.AddPiece;
using Federation.Proofs.Graph;
using Federation.Proofs.Labels;
using Federation.Proofs.PreCommit2;
using Federation.Proofs.Trees;

namespace Federation.Proofs.Tests;

/// <summary>Seals one sector in a folder of its own, phase by phase. Data of zeros are given as null.</summary>
internal sealed class SealFixture(SealConfig config, byte[]? data, SealOptions options) : IDisposable
{
    private readonly TempFolder _folder = new();

    public SealFixture(SealVector vector, SealOptions? options = null)
        : this(vector.Config, DataOf(vector), options ?? new SealOptions())
    {
    }

    public string Unsealed => _folder["unsealed"];

    public string Sealed => _folder["sealed"];

    public string Cache => Directory.CreateDirectory(_folder["cache"]).FullName;

    public PreCommit2Request PreCommit2Request => new()
    {
        Config = config,
        UnsealedPath = Unsealed,
        LayerDirectory = Cache,
        OutputDirectory = Cache,
        SealedPath = Sealed,
    };

    public void Dispose() => _folder.Dispose();

    public Bytes32 AddPiece() => AddPiecePhase.Run(
        new AddPieceRequest
        {
            Shape = config.Shape,
            UnsealedPath = Unsealed,
            UnpaddedSize = config.Shape.UnpaddedSize,
            Data = data is null ? null : new MemoryStream(data),
        },
        progress: null,
        CancellationToken.None).CommP;

    public Bytes32 BuildTreeD() => TreeD.Build(
        config.Shape, Unsealed, Path.Combine(Cache, CacheFiles.TreeD), options, null, CancellationToken.None);

    public void BuildLayers(SealVector vector)
    {
        SealPublicInputs inputs = vector.Inputs;
        BuildLayers(ReplicaId.Compute(inputs.ProverId, inputs.Sector, inputs.Ticket, inputs.CommD, config.PoRepId));
    }

    public void BuildLayers(Bytes32 replicaId) => SdrLayers.Build(
        new SdrGraph(config, tabulate: true), replicaId, Cache, options, null, CancellationToken.None);

    /// <summary>Takes the layers that the reference implementation wrote, where they are committed.</summary>
    public void CopyLayers(SealVector vector)
    {
        for (int layer = 1; layer <= config.Shape.Layers; layer++)
        {
            string name = CacheFiles.Layer(layer);
            File.Copy(Path.Combine(Vectors.Folder, "seals", vector.Name, name), Path.Combine(Cache, name));
        }
    }

    public PreCommit2Result PreCommit2() =>
        PreCommit2Phase.Run(PreCommit2Request, options, null, CancellationToken.None);

    public void AssertFiles(IReadOnlyDictionary<string, (long Size, string Digest)> files)
    {
        foreach ((string name, (long size, string digest)) in files)
        {
            string path = name == "sealed" ? Sealed : Path.Combine(Cache, name);
            using FileStream file = File.OpenRead(path);
            Assert.Equal(size, file.Length);
            Assert.Equal((name, digest), (name, Convert.ToHexStringLower(SHA256.HashData(file))));
        }
    }

    private static byte[]? DataOf(SealVector vector)
    {
        byte[] data = vector.Data();
        return data.AsSpan().IndexOfAnyExcept((byte)0) < 0 ? null : data;
    }
}
