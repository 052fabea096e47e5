using Federation.Proofs.Graph;
using Federation.Proofs.Labels;
using Federation.Proofs.PreCommit2;

namespace Federation.Proofs.Tests.Resume;

/// <summary>
/// PC1 of 11 layers, broken off between any two of them and taken up again: by the same way of making layers and by
/// others, alone and in lanes, in memory and on disk. The layers are those of an undisturbed run and of the plain form.
/// </summary>
public sealed class LayerResumeLaws : IDisposable
{
    private const int Layers = ElevenLayers.Layers;

    private static readonly SealConfig Config = ElevenLayers.Smallest;
    private static readonly Bytes32 ReplicaId = Repeat(0x2b), OtherReplicaId = Repeat(0x0c);
    private static readonly Lazy<byte[][]> Plain = new(() => ElevenLayers.Labels(Config, ReplicaId));
    private static readonly Lazy<byte[][]> OtherPlain = new(() => ElevenLayers.Labels(Config, OtherReplicaId));

    private static readonly string[] Ways =
        ["memory", "mapped", "previous in memory", "files", "lanes", "lanes on disk"];

    private readonly TempFolder _folder = new();

    public static TheoryData<string> AllWays => [.. Ways];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(AllWays))]
    public void Build_Undisturbed_IsThePlainFormsLayersAndCommC(string way)
    {
        var cache = NewCache(way);
        Build(way, cache, breakOffIn: 0);
        AssertLayers(Plain.Value, cache);
        Assert.Equal(ElevenLayers.CommC(Config.Shape, Plain.Value), CommCOf(cache));
    }

    [Theory]
    [MemberData(nameof(AllWays))]
    public void Build_BrokenOffAtAnyBoundary_GoesOnToTheSameLayersAndCommC(string way)
    {
        var commC = ElevenLayers.CommC(Config.Shape, Plain.Value);
        for (var made = 0; made < Layers; made++)
        {
            foreach (var next in new[] { way, Ways[(Array.IndexOf(Ways, way) + 1 + (made % (Ways.Length - 1))) % Ways.Length] })
            {
                var cache = NewCache($"{way} {made} {next}");
                Build(way, cache, breakOffIn: made + 1);
                AssertMade(cache, made);
                var stamps = Stamp(cache, made);

                Build(next, cache, breakOffIn: 0);

                AssertLayers(Plain.Value, cache);
                Assert.Equal(stamps, Enumerable.Range(1, made).Select(layer => StampOf(cache, layer)));
                Assert.Equal(commC, CommCOf(cache));
            }
        }
    }

    // The sectors of a group were broken off anywhere. Where none begins with the first layer, the lanes of those that
    // are further hold nothing of use until their turn comes.
    [Theory]
    [InlineData("lanes", 11, 0, 3, 10, 7, 1)]
    [InlineData("lanes", 5, 3, 11, 9)]
    [InlineData("lanes on disk", 11, 0, 3, 10, 7, 1)]
    [InlineData("lanes on disk", 5, 3, 11, 9)]
    public void Build_LanesOfSectorsAtDifferentBoundaries_GoOnToTheSameLayers(string way, params int[] boundaries)
    {
        var sectors = boundaries.Select((made, i) =>
        {
            var cache = NewCache($"sector {i}");
            Build(Ways[i % 4], cache, breakOffIn: made == Layers ? 0 : made + 1);
            return new LaneSector(ReplicaId, cache, default);
        }).ToArray();

        BuildLanes(sectors, way == "lanes on disk", null, default);

        Assert.All(sectors, sector => Assert.Null(sector.Failure));
        Assert.All(sectors, sector => AssertLayers(Plain.Value, sector.Folder));
    }

    private static Bytes32 Repeat(byte value) => new([.. Enumerable.Repeat(value, Bytes32.Size)]);

    private static string StampOf(string cache, int layer) =>
        File.GetLastWriteTimeUtc(Path.Combine(cache, CacheFiles.Layer(layer))).ToString("O");

    private static List<string> Stamp(string cache, int made) => [.. Enumerable.Range(1, made).Select(layer =>
    {
        File.SetLastWriteTimeUtc(Path.Combine(cache, CacheFiles.Layer(layer)), DateTime.UnixEpoch.AddDays(layer));
        return StampOf(cache, layer);
    })];

    private static void AssertMade(string cache, int made) => Assert.All(
        Enumerable.Range(1, Layers),
        layer => Assert.Equal(layer <= made, File.Exists(Path.Combine(cache, CacheFiles.LayerMark(layer)))));

    private static void AssertLayers(byte[][] expected, string cache) => Assert.All(
        Enumerable.Range(1, Layers),
        layer => Assert.Equal(expected[layer - 1], File.ReadAllBytes(Path.Combine(cache, CacheFiles.Layer(layer)))));

    private string NewCache(string name) => Directory.CreateDirectory(_folder[name]).FullName;

    /// <summary>Makes what is missing; ends when the layer begins, if it is one.</summary>
    private void Build(string way, string cache, int breakOffIn)
    {
        using var cancel = new CancellationTokenSource();
        try
        {
            Build(
                way,
                cache,
                (stage, _) =>
                {
                    if (stage == $"layer {breakOffIn}/{Layers}")
                    {
                        cancel.Cancel();
                    }
                },
                cancel.Token);
            Assert.Equal(0, breakOffIn);
        }
        catch (OperationCanceledException)
        {
            Assert.NotEqual(0, breakOffIn);
        }
    }

    private void Build(string way, string cache, Action<string, double> progress, CancellationToken cancellationToken)
    {
        if (way.StartsWith("lanes", StringComparison.Ordinal))
        {
            // Beside a sector that begins with the first layer, in the last lane.
            var other = NewCache($"{Guid.NewGuid():n}");
            LaneSector[] sectors = [new(OtherReplicaId, other, default), new(ReplicaId, cache, default)];
            BuildLanes(sectors, way == "lanes on disk", progress, cancellationToken);
            Assert.All(sectors, sector => Assert.Null(sector.Failure));
            AssertLayers(OtherPlain.Value, other);
            return;
        }

        var plan = way switch
        {
            "memory" => new LabelMemoryPlan(true, true, 16),
            "mapped" => new LabelMemoryPlan(true, true, 16, IsMapped: true),
            "previous in memory" => new LabelMemoryPlan(true, false, 16),
            "files" => new LabelMemoryPlan(false, false, 16),
            _ => throw new ArgumentException($"there is no way '{way}'", nameof(way)),
        };
        SdrLayers.Build(
            new SdrGraph(Config, tabulate: true), ReplicaId, cache, new SealOptions(), plan, BlockHasher.Best, progress,
            cancellationToken);
    }

    private void BuildLanes(
        LaneSector[] sectors, bool onDisk, Action<string, double>? progress, CancellationToken cancellationToken)
    {
        var lanes = LaneLayers.LanesFor(sectors.Length);
        using var scratch = onDisk
            ? LaneScratch.Reserve(
                _folder.Path, LaneLayers.ScratchBytes(Config.Shape, sectors.Length), "sectors", cancellationToken)
            : null;
        LaneLayers.Build(
            new SdrGraph(Config, tabulate: true), sectors, lanes, new SealOptions(), scratch, progress,
            cancellationToken);
    }

    private Bytes32 CommCOf(string cache)
    {
        var unsealed = _folder["zeros"];
        File.WriteAllBytes(unsealed, new byte[Config.Shape.SectorSize]);
        return PreCommit2Phase.Run(
            new PreCommit2Request
            {
                Config = Config,
                UnsealedPath = unsealed,
                LayerDirectory = cache,
                OutputDirectory = NewCache("trees"),
                SealedPath = _folder["replica"],
            },
            new SealOptions(),
            null,
            default).CommC;
    }
}
