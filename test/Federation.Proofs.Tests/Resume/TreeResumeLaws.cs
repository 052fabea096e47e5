using System.Security.Cryptography;
using Federation.Proofs.PreCommit2;
using Federation.Proofs.Trees;

namespace Federation.Proofs.Tests.Resume;

/// <summary>
/// PC2 of 11 layers and eight base trees, broken off behind any of its sixteen trees and taken up again; and after a
/// crash behind its end, when some or all marks are gone and files may be torn. It comes to what an undisturbed run
/// leaves, file by file, and to the CommC of the plain form.
/// </summary>
public sealed class TreeResumeLaws : IDisposable
{
    private const int Seed = 20_260, Crashes = 24;

    private static readonly SealConfig Config = ElevenLayers.OfEightTrees;
    private static readonly SectorShape Shape = Config.Shape;
    private static readonly Lazy<byte[][]> Layers = new(() => ElevenLayers.Labels(Config, default));
    private static readonly SealOptions Options = new() { Threads = 2 };

    private static readonly string[] Trees =
    [
        .. Enumerable.Range(0, Shape.BaseTreeCount).Select(index => CacheFiles.TreeC(Shape, index)),
        .. Enumerable.Range(0, Shape.BaseTreeCount).Select(index => CacheFiles.TreeRLast(Shape, index)),
    ];

    private readonly TempFolder _folder = new();
    private readonly PreCommit2Result _whole;
    private readonly Dictionary<string, byte[]> _expected;

    public TreeResumeLaws()
    {
        var data = new byte[Shape.SectorSize];
        new Random(Seed).NextBytes(data);
        for (var at = SectorShape.NodeSize - 1; at < data.Length; at += SectorShape.NodeSize)
        {
            data[at] &= 0x3f;
        }

        Directory.CreateDirectory(_folder["layers"]);
        File.WriteAllBytes(_folder["unsealed"], data);
        for (var layer = 1; layer <= Shape.Layers; layer++)
        {
            File.WriteAllBytes(_folder[$"layers/{CacheFiles.Layer(layer)}"], Layers.Value[layer - 1]);
        }

        _whole = Run("whole", null, default);
        _expected = Files("whole");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_Undisturbed_IsThePlainFormsCommC()
    {
        Assert.Equal(ElevenLayers.CommC(Shape, Layers.Value), _whole.CommC);
        Assert.True(_expected.Keys.ToHashSet(StringComparer.Ordinal).SetEquals([.. Trees, CacheFiles.PAux, "sealed"]));
    }

    [Fact]
    public void Run_BrokenOffBehindAnyTree_GoesOnToTheSameFilesAndCommitments()
    {
        for (var made = 0; made < Trees.Length; made++)
        {
            var name = $"{made}";
            BreakOff(name, made);
            var stamps = Trees.Take(made).Select(tree => Stamp(name, tree)).ToList();

            Assert.Equal(_whole, Run(name, null, default));

            Assert.Equal(stamps, Trees.Take(made).Select(tree => StampOf(name, tree)));
            AssertWhole(name, $"broken off behind {made} trees");
        }
    }

    // Marks go when all is there, and the attempt is published later. Whatever a crash between the two leaves, and in
    // whatever order the marks went: what has no mark, or is not as its mark says, is made anew.
    [Fact]
    [Trait("Category", "Slow")]
    public void Run_CrashedBehindItsEnd_IsDoneAgainAndNeverWrong()
    {
        var random = new Random(Seed);
        for (var crash = 0; crash < Crashes; crash++)
        {
            var name = Directory.CreateDirectory(_folder[$"crash {crash}"]).Name;
            foreach (var (file, bytes) in _expected)
            {
                File.WriteAllBytes(_folder[$"{name}/{file}"], bytes);
            }

            var kept = Trees.Where(_ => crash > 0 && random.Next(2) == 0).ToHashSet(StringComparer.Ordinal);
            var whole = kept.Where(_ => random.Next(4) > 0).ToList();
            foreach (var tree in kept)
            {
                Mark(name, tree);
            }

            foreach (var file in _expected.Keys.Except(whole))
            {
                Damage(_folder[$"{name}/{file}"], random);
            }

            var stamps = whole.Select(tree => Stamp(name, tree)).ToList();
            var what = $"crash {crash} of seed {Seed}, {kept.Count} marks, {whole.Count} of whole trees";

            Assert.True(_whole == Run(name, null, default), what);

            Assert.Equal(stamps, whole.Select(tree => StampOf(name, tree)));
            AssertWhole(name, what);
        }
    }

    private static void Damage(string path, Random random)
    {
        var bytes = File.ReadAllBytes(path);
        switch (random.Next(4))
        {
            case 0:
                File.Delete(path);
                break;
            case 1:
                File.WriteAllBytes(path, bytes[..random.Next(bytes.Length)]);
                break;
            case 2:
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                File.WriteAllBytes(path, bytes);
                break;
            default:
                File.WriteAllBytes(path, new byte[bytes.Length]);
                break;
        }
    }

    private string StampOf(string run, string file) => File.GetLastWriteTimeUtc(_folder[$"{run}/{file}"]).ToString("O");

    private string Stamp(string run, string file)
    {
        File.SetLastWriteTimeUtc(_folder[$"{run}/{file}"], DateTime.UnixEpoch.AddDays(Array.IndexOf(Trees, file)));
        return StampOf(run, file);
    }

    private void Mark(string run, string tree)
    {
        var layout = tree.Contains("tree-c", StringComparison.Ordinal) ? TreeLayout.TreeC(Shape)
            : TreeLayout.TreeRLast(Shape);
        var column = Layers.Value.SelectMany(layer => layer[..SectorShape.NodeSize]).ToArray();
        var path = _folder[$"{run}/{tree}"];
        new TreeMarks(new Bytes32(SHA256.HashData(column)))
            .Write(path, layout, new Bytes32(File.ReadAllBytes(path).AsSpan()[^SectorShape.NodeSize..]), default);
    }

    private void BreakOff(string run, int made)
    {
        using var cancel = new CancellationTokenSource();
        var progress = new At(() =>
        {
            if (Marks(run) == made)
            {
                cancel.Cancel();
            }
        });
        Assert.ThrowsAny<OperationCanceledException>(() => Run(run, progress, cancel.Token));
        Assert.Equal(made, Marks(run));
    }

    private int Marks(string run) => Directory.GetFiles(_folder[run], "*.mark").Length;

    private void AssertWhole(string run, string what)
    {
        var files = Files(run);
        Assert.True(files.Keys.ToHashSet(StringComparer.Ordinal).SetEquals(_expected.Keys), what);
        Assert.All(_expected, file => Assert.True(file.Value.AsSpan().SequenceEqual(files[file.Key]), what));
    }

    private Dictionary<string, byte[]> Files(string run) => Directory.GetFiles(_folder[run])
        .ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes, StringComparer.Ordinal);

    private PreCommit2Result Run(string run, IProgress<PhaseProgress>? progress, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_folder[run]);
        return PreCommit2Phase.Run(
            new PreCommit2Request
            {
                Config = Config,
                UnsealedPath = _folder["unsealed"],
                LayerDirectory = _folder["layers"],
                OutputDirectory = _folder[run],
                SealedPath = _folder[$"{run}/sealed"],
            },
            Options,
            progress,
            cancellationToken);
    }

    private sealed class At(Action step) : IProgress<PhaseProgress>
    {
        public void Report(PhaseProgress value) => step();
    }
}
