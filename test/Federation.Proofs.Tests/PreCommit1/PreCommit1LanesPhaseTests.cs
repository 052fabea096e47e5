using Federation.Proofs.AddPiece;
using Federation.Proofs.PreCommit1;

namespace Federation.Proofs.Tests.PreCommit1;

public sealed class PreCommit1LanesPhaseTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_SectorsOfOwnDataAndTickets_AreAsEachAlone()
    {
        var config = SealConfig.FromRegistered(5);
        var stages = new List<PhaseProgress>();
        var requests = Enumerable.Range(0, 5).Select(number => Request(config, number)).ToList();

        var results = Run(requests, new SealOptions(), new Reporter(stages.Add));

        for (var i = 0; i < requests.Count; i++)
        {
            var cache = _folder[$"{i}/alone"];
            var alone = PreCommit1Phase.Run(
                requests[i] with { CacheDirectory = cache, RecordedCachePath = requests[i].CacheDirectory },
                new SealOptions(),
                null,
                default);
            Assert.Null(results[i].Failure);
            Assert.Equal(alone.CommD, results[i].Result!.CommD);
            Assert.Equal(alone.ReplicaId, results[i].Result!.ReplicaId);
            Assert.Equal(alone.Output.ToArray(), results[i].Result!.Output.ToArray());
            var files = Directory.GetFiles(cache).Select(Path.GetFileName).Order().ToList();
            Assert.Equal(files, Directory.GetFiles(requests[i].CacheDirectory).Select(Path.GetFileName).Order());
            Assert.All(files, name => Assert.Equal(
                File.ReadAllBytes(Path.Combine(cache, name!)),
                File.ReadAllBytes(Path.Combine(requests[i].CacheDirectory, name!))));
        }

        Assert.Equal(stages.Select(step => step.Fraction).Order(), stages.Select(step => step.Fraction));
        Assert.Equal(new PhaseProgress("done", 1), stages[^1]);
    }

    // A batch goes on from what a single run left, and a single run from what a batch left.
    [Fact]
    public void Run_LayersOfOthersMaking_AreKept()
    {
        var config = SealConfig.FromRegistered(5);
        var requests = new[] { Request(config, 0), Request(config, 1) };
        PreCommit1Phase.Run(requests[0], new SealOptions(), null, default);
        var honest = File.ReadAllBytes(InCache(requests[0], CacheFiles.Layer(2)));
        File.Delete(InCache(requests[0], CacheFiles.Layer(2)));
        var past = File.GetLastWriteTimeUtc(InCache(requests[0], CacheFiles.Layer(1))).AddDays(-1);
        File.SetLastWriteTimeUtc(InCache(requests[0], CacheFiles.Layer(1)), past);

        Assert.All(Run(requests, new SealOptions()), result => Assert.Null(result.Failure));

        Assert.Equal(past, File.GetLastWriteTimeUtc(InCache(requests[0], CacheFiles.Layer(1))));
        Assert.Equal(honest, File.ReadAllBytes(InCache(requests[0], CacheFiles.Layer(2))));
        File.SetLastWriteTimeUtc(InCache(requests[1], CacheFiles.Layer(2)), past);
        PreCommit1Phase.Run(requests[1], new SealOptions(), null, default);
        Assert.Equal(past, File.GetLastWriteTimeUtc(InCache(requests[1], CacheFiles.Layer(2))));
    }

    [Fact]
    public void Run_OneSectorsDataAreMissingAndOneIsCancelled_TheOthersAreSealed()
    {
        var config = SealConfig.FromRegistered(5);
        var requests = Enumerable.Range(0, 3).Select(number => Request(config, number)).ToList();
        File.Delete(requests[0].UnsealedPath);

        var results = PreCommit1LanesPhase.Run(
            [new(requests[0]), new(requests[1], new CancellationToken(canceled: true)), new(requests[2])],
            new SealOptions(),
            null,
            default);

        Assert.IsType<FileNotFoundException>(results[0].Failure);
        Assert.IsType<OperationCanceledException>(results[1].Failure);
        Assert.All(results.Take(2), result => Assert.Null(result.Result));
        Assert.Equal(requests[2].Pieces[0].CommP, results[2].Result!.CommD);
    }

    // In the order in which they fall out: before the layers, between two of them, and amid one.
    [Fact]
    public void Run_SectorsFallOut_EachIsToldAtOnceWithItsFileClosed()
    {
        var config = SealConfig.FromRegistered(5);
        var requests = Enumerable.Range(0, 4).Select(number => Request(config, number)).ToList();
        File.Delete(requests[0].UnsealedPath);
        using var cancelled = new CancellationTokenSource();
        var told = new List<string>();
        var progress = new Reporter(value =>
        {
            told.Add(value.Stage);
            if (value.Stage == "layer 1/2" && Directory.Exists(requests[1].CacheDirectory))
            {
                Directory.Delete(requests[1].CacheDirectory, recursive: true);
            }
            else if (value.Stage == "layer 2/2" && value.Fraction > 0.9)
            {
                cancelled.Cancel();
            }
        });
        PreCommit1Lane Lane(int i, CancellationToken token = default) => new(requests[i], token)
        {
            FallenOut = failure =>
            {
                told.Add($"{i} {failure.GetType().Name}");
                Assert.False(File.Exists(InCache(requests[i], CacheFiles.Layer(2)) + ".tmp")
                    && IsOpen(InCache(requests[i], CacheFiles.Layer(2)) + ".tmp"));
            },
        };

        var results = PreCommit1LanesPhase.Run(
            [Lane(0), Lane(1), Lane(2, cancelled.Token), Lane(3)], new SealOptions { Threads = 1 }, progress, default);

        Assert.Equal(
            ["0 FileNotFoundException", "1 DirectoryNotFoundException", "2 OperationCanceledException"],
            told.Where(line => char.IsDigit(line[0])));
        Assert.Equal("layer 1/2", told[told.IndexOf("1 DirectoryNotFoundException") - 1]);
        Assert.True(told.IndexOf("0 FileNotFoundException") < told.IndexOf("layer 1/2"));
        Assert.True(told.IndexOf("2 OperationCanceledException") < told.IndexOf("done"));
        Assert.Equal(requests[3].Pieces[0].CommP, results[3].Result!.CommD);
        Assert.All(results.Take(3), result => Assert.NotNull(result.Failure));
    }

    [Fact]
    public void Run_AllCancelled_Throws() => Assert.ThrowsAny<OperationCanceledException>(
        () => PreCommit1LanesPhase.Run(
            [new(Request(SealConfig.FromRegistered(5), 0))], new SealOptions(), null, new CancellationToken(true)));

    [Fact]
    public void Run_UnlikeSectors_NamesThem()
    {
        var error = Assert.Throws<ArgumentException>(() => Run(
            [Request(SealConfig.FromRegistered(5), 0), Request(SealConfig.FromRegistered(0), 1)], new SealOptions()));

        Assert.Contains("sector 1 has another graph than sector 0", error.Message);
    }

    [Fact]
    public void Run_SharedFolder_IsRefused()
    {
        var request = Request(SealConfig.FromRegistered(5), 0);
        Assert.Throws<ArgumentException>(() => Run([request, request with { Sector = 9 }], new SealOptions()));
    }

    [Fact]
    public void Run_TooLittleMemory_SaysHowMuchIsNeeded()
    {
        var requests = Enumerable.Range(0, 3).Select(number => Request(SealConfig.FromRegistered(6), number)).ToList();
        var needed = PreCommit1LanesPhase.MemoryBytes(requests[0].Config.Shape, 3);

        var error = Assert.Throws<ArgumentException>(
            () => Run(requests, new SealOptions { MemoryBytes = SealOptions.MinimumMemoryBytes }));

        Assert.Contains($"need {needed} bytes", error.Message);
    }

    private static IReadOnlyList<PreCommit1LaneResult> Run(
        IReadOnlyList<PreCommit1Request> requests, SealOptions options, IProgress<PhaseProgress>? progress = null) =>
        PreCommit1LanesPhase.Run(
            [.. requests.Select(request => new PreCommit1Lane(request))], options, progress, default);

    private static bool IsOpen(string path)
    {
        try
        {
            File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.None).Dispose();
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static string InCache(PreCommit1Request request, string name) => Path.Combine(request.CacheDirectory, name);

    private PreCommit1Request Request(SealConfig config, int number)
    {
        Directory.CreateDirectory(_folder[$"{number}"]);
        var data = new byte[config.Shape.UnpaddedSize];
        new Random(number).NextBytes(data);
        Span<byte> ticket = stackalloc byte[Bytes32.Size];
        ticket.Fill((byte)number);
        var piece = AddPiecePhase.Run(
            new AddPieceRequest
            {
                Shape = config.Shape,
                UnsealedPath = _folder[$"{number}/unsealed"],
                UnpaddedSize = data.Length,
                Data = new MemoryStream(data),
            },
            null,
            default);
        return new PreCommit1Request
        {
            Config = config,
            ProverId = ProverId.FromActorId(1000),
            Sector = (ulong)number,
            Ticket = new Bytes32(ticket),
            Pieces = [piece],
            UnsealedPath = _folder[$"{number}/unsealed"],
            CacheDirectory = _folder[$"{number}/cache"],
        };
    }

    private sealed class Reporter(Action<PhaseProgress> report) : IProgress<PhaseProgress>
    {
        public void Report(PhaseProgress value) => report(value);
    }
}
