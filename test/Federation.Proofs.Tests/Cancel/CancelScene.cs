using System.Diagnostics;
using Federation.Proofs.AddPiece;
using Federation.Proofs.Graph;
using Federation.Proofs.Labels;
using Federation.Proofs.PreCommit1;
using Federation.Proofs.PreCommit2;
using Federation.Proofs.Unseal;

namespace Federation.Proofs.Tests.Cancel;

/// <summary>A sealed sector of 8 MiB, and each phase of it, which runs in a folder that it is given.</summary>
public sealed class CancelScene : IDisposable
{
    private static readonly SealConfig Config = SealConfig.FromRegistered(6);

    private readonly byte[] _data = new byte[Config.Shape.UnpaddedSize];
    private readonly TempFolder _folder = new();
    private readonly SealedSector _sector;
    private readonly Dictionary<string, (TimeSpan Duration, IReadOnlyList<PhaseProgress> Heard)> _whole = [];
    private int _runs;

    public CancelScene()
    {
        new Random(1).NextBytes(_data);
        var inputs = new SealPublicInputs
        {
            ProverId = ProverId.FromActorId(1000),
            Sector = 7,
            Ticket = new Bytes32([.. Enumerable.Repeat((byte)1, Bytes32.Size)]),
            Seed = default,
            CommD = default,
            CommR = default,
        };
        _sector = new SealedSector(Config, inputs, _data);
    }

    /// <summary>Names of the phases, and of the ways in which they can run.</summary>
    public static TheoryData<string> Phases =>
    [
        "AP", "PC1", "PC1 of one thread", "PC1 mapped", "PC1 half in memory", "PC1 in windows",
        "PC1 with a parent cache to write", "PC1 in lanes", "PC1 in lanes on disk", "PC2", "unseal",
    ];

    public void Dispose()
    {
        _sector.Dispose();
        _folder.Dispose();
    }

    /// <summary>A folder that nothing is in.</summary>
    public string NewFolder() => Directory.CreateDirectory(_folder[$"{Interlocked.Increment(ref _runs)}"]).FullName;

    /// <summary>How long the phase takes undisturbed, and what it tells of itself; measured once.</summary>
    public (TimeSpan Duration, IReadOnlyList<PhaseProgress> Heard) Whole(string phase)
    {
        if (!_whole.TryGetValue(phase, out var whole))
        {
            var folder = NewFolder();
            var heard = new List<PhaseProgress>();
            var watch = Stopwatch.StartNew();
            Run(phase, folder, new Reporter(heard.Add), default);
            _whole.Add(phase, whole = (watch.Elapsed, heard));
            AssertWhole(phase, folder);
            Directory.Delete(folder, recursive: true);
        }

        return whole;
    }

    /// <summary>Runs a phase.</summary>
    internal void Run(
        string phase, string folder, IProgress<PhaseProgress> progress, CancellationToken cancellationToken)
    {
        switch (phase)
        {
            case "AP":
                AddPiece(folder, progress, cancellationToken);
                break;
            case "PC1" or "PC1 of one thread":
                var options = phase == "PC1" ? _sector.Options : _sector.Options with { Threads = 1 };
                PreCommit1Phase.Run(Request(folder), options, progress, cancellationToken);
                break;
            case "PC1 with a parent cache to write":
                var cached = _sector.Options with { ParentCacheDirectory = Path.Combine(folder, "parents") };
                PreCommit1Phase.Run(Request(folder), cached, progress, cancellationToken);
                break;
            case "PC1 mapped":
                Label(folder, new LabelMemoryPlan(true, true, 1024, IsMapped: true), progress, cancellationToken);
                break;
            case "PC1 half in memory":
                Label(folder, new LabelMemoryPlan(true, false, 1 << 16), progress, cancellationToken);
                break;
            case "PC1 in windows":
                Label(folder, new LabelMemoryPlan(false, false, 1 << 16), progress, cancellationToken);
                break;
            case "PC1 in lanes" or "PC1 in lanes on disk":
                LabelInLanes(folder, phase == "PC1 in lanes on disk", progress, cancellationToken);
                break;
            case "PC2":
                PreCommit2(folder, progress, cancellationToken);
                break;
            default:
                Unseal(folder, progress, cancellationToken);
                break;
        }
    }

    /// <summary>Fails unless the files are those of the sector.</summary>
    public void AssertWhole(string phase, string folder)
    {
        var pairs = phase switch
        {
            "AP" => [(_sector.Unsealed, "unsealed")],
            "PC2" => [(_sector.Sealed, "sealed"), (_sector.PathOf("p_aux"), "p_aux")],
            "unseal" => [(_sector.Unsealed, "unsealed")],
            _ => new[] { 1, 2 }.Select(layer => (_sector.PathOf(CacheFiles.Layer(layer)), CacheFiles.Layer(layer))),
        };
        Assert.All(pairs, pair => Assert.True(
            File.ReadAllBytes(pair.Item1).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(folder, pair.Item2))),
            $"{pair.Item2} of {phase} is another"));
    }

    private void AddPiece(string folder, IProgress<PhaseProgress> progress, CancellationToken cancellationToken) =>
        AddPiecePhase.Run(
            new AddPieceRequest
            {
                Shape = Config.Shape,
                UnsealedPath = Path.Combine(folder, "unsealed"),
                UnpaddedSize = _data.Length,
                Data = new MemoryStream(_data),
            },
            progress,
            cancellationToken);

    private PreCommit1Request Request(string folder) => new()
    {
        Config = Config,
        ProverId = _sector.Inputs.ProverId,
        Sector = _sector.Inputs.Sector,
        Ticket = _sector.Inputs.Ticket,
        Pieces = [_sector.Piece],
        UnsealedPath = _sector.Unsealed,
        SealedPath = Path.Combine(folder, "copy"),
        CacheDirectory = folder,
        RecordedCachePath = "cache",
    };

    private void Label(
        string folder, LabelMemoryPlan plan, IProgress<PhaseProgress> progress, CancellationToken cancellationToken) =>
        SdrLayers.Build(
            new SdrGraph(Config, tabulate: true),
            _sector.PreCommit1.ReplicaId,
            folder,
            _sector.Options,
            plan,
            BlockHasher.Best,
            (stage, done) => progress.Report(new PhaseProgress(stage, done)),
            cancellationToken);

    private void LabelInLanes(
        string folder, bool onDisk, IProgress<PhaseProgress> progress, CancellationToken cancellationToken)
    {
        var options = _sector.Options;
        if (onDisk)
        {
            options = options with { MemoryBytes = SealOptions.MinimumMemoryBytes, LaneScratchDirectory = folder };
        }

        var other = Directory.CreateDirectory(Path.Combine(folder, "other")).FullName;
        var results = PreCommit1LanesPhase.Run(
            [new(Request(other)), new(Request(folder))], options, progress, cancellationToken);
        Assert.All(results, result => Assert.Null(result.Failure));
    }

    private void PreCommit2(string folder, IProgress<PhaseProgress> progress, CancellationToken cancellationToken) =>
        PreCommit2Phase.Run(
            new PreCommit2Request
            {
                Config = Config,
                UnsealedPath = _sector.Unsealed,
                CommD = _sector.Inputs.CommD,
                LayerDirectory = _sector.Cache,
                OutputDirectory = folder,
                SealedPath = Path.Combine(folder, "sealed"),
            },
            _sector.Options,
            progress,
            cancellationToken);

    private void Unseal(string folder, IProgress<PhaseProgress> progress, CancellationToken cancellationToken) =>
        UnsealPhase.Run(
            new UnsealRequest
            {
                Config = Config,
                ProverId = _sector.Inputs.ProverId,
                Sector = _sector.Inputs.Sector,
                Ticket = _sector.Inputs.Ticket,
                CommD = _sector.Inputs.CommD,
                SealedPath = _sector.Sealed,
                LayerDirectory = Path.Combine(folder, "layers"),
                UnsealedPath = Path.Combine(folder, "unsealed"),
            },
            _sector.Options,
            progress,
            cancellationToken);

    internal sealed class Reporter(Action<PhaseProgress> report) : IProgress<PhaseProgress>
    {
        public void Report(PhaseProgress value) => report(value);
    }
}
