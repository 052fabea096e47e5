using Federation.Proofs.AddPiece;
using Federation.Proofs.Pieces;
using Federation.Proofs.PreCommit1;

namespace Federation.Proofs.Tests.PreCommit1;

public sealed class PreCommit1PhaseTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly Bytes32 Ticket = Bytes32.FromHex(string.Concat(Enumerable.Repeat("07", 32)));

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_CancelledAmidLayers_EndsSoonAndGoesOn()
    {
        var request = Request(SealConfig.FromRegistered(6));
        using var cancelled = new CancellationTokenSource();
        var stages = new List<PhaseProgress>();
        var inSecondLayer = new TaskCompletionSource();
        var progress = new Reporter(step =>
        {
            stages.Add(step);
            if (step.Stage == "layer 2/2" && step.Fraction > 0.55)
            {
                // The layer must not be complete before the cancellation comes.
                inSecondLayer.TrySetResult();
                cancelled.Token.WaitHandle.WaitOne(Limit);
            }
        });
        using var late = new CoreWatch();

        var running = Task.Run(() => PreCommit1Phase.Run(request, new SealOptions(), progress, cancelled.Token));
        await inSecondLayer.Task.WaitAsync(Limit);
        late.Start();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Limit));
        var elapsed = late.Elapsed;

        // A second is what is promised on a machine whose disk is not overloaded; a test machine's may be.
        Assert.True(elapsed < TimeSpan.FromSeconds(3), $"{elapsed} until cancelled");
        Assert.Equal(stages.Select(step => step.Fraction).Order(), stages.Select(step => step.Fraction));
        Assert.True(File.Exists(_folder["cache/" + CacheFiles.Layer(1)]));
        Assert.False(File.Exists(_folder["cache/" + CacheFiles.Layer(2)]));

        // What was complete is not made again: its files keep their time.
        var before = new[] { CacheFiles.TreeD, CacheFiles.Layer(1) }.Select(Stamp).ToArray();
        var resumed = PreCommit1Phase.Run(request, new SealOptions(), null, default);
        Assert.Equal(before, new[] { CacheFiles.TreeD, CacheFiles.Layer(1) }.Select(Stamp));
        Assert.Equal(
            [
                "sc-02-data-layer-1.dat", "sc-02-data-layer-1.sum",
                "sc-02-data-layer-2.dat", "sc-02-data-layer-2.sum",
                "sc-02-data-tree-d.dat", "t_aux",
            ],
            Directory.GetFiles(_folder["cache"]).Select(Path.GetFileName).Order());
        Assert.Equal(request.Pieces[0].CommP, resumed.CommD);
    }

    [Fact]
    public void Run_DamagedLayer_IsMadeAnew()
    {
        var request = Request(SealConfig.FromRegistered(5));
        PreCommit1Phase.Run(request, new SealOptions(), null, default);
        var layer = _folder["cache/" + CacheFiles.Layer(2)];
        var honest = File.ReadAllBytes(layer);
        File.WriteAllBytes(layer, new byte[honest.Length]);

        PreCommit1Phase.Run(request, new SealOptions(), null, default);

        Assert.Equal(honest, File.ReadAllBytes(layer));
    }

    [Fact]
    public void Run_TreeOfOtherData_IsMadeAnew()
    {
        var request = Request(SealConfig.FromRegistered(5));
        PreCommit1Phase.Run(request, new SealOptions(), null, default);
        var tree = _folder["cache/" + CacheFiles.TreeD];
        var honest = File.ReadAllBytes(tree);
        File.WriteAllBytes(tree, new byte[honest.Length]);

        PreCommit1Phase.Run(request, new SealOptions(), null, default);

        Assert.Equal(honest, File.ReadAllBytes(tree));
    }

    // Where 33 leaves spread over the tree and their paths are whole: PC2 takes all the others from it too.
    [Theory]
    [InlineData(5_000_000)]
    [InlineData(9_000_000)]
    public void Run_TreeDamagedInOnePlace_IsMadeAnewAndProgressDoesNotFall(int position)
    {
        var request = Request(SealConfig.FromRegistered(6));
        PreCommit1Phase.Run(request, new SealOptions(), null, default);
        var tree = _folder["cache/" + CacheFiles.TreeD];
        var honest = File.ReadAllBytes(tree);
        var damaged = honest.ToArray();
        damaged[position] ^= 1;
        File.WriteAllBytes(tree, damaged);

        var told = new List<double>();
        PreCommit1Phase.Run(
            request, new SealOptions(), new Reporter(step => told.Add(step.Fraction)), default);

        Assert.Equal(honest, File.ReadAllBytes(tree));
        Assert.Equal(told.Order(), told);
    }

    [Fact]
    public void Run_DataNotThoseOfThePieces_NamesBoth()
    {
        var request = Request(SealConfig.FromRegistered(5));
        File.WriteAllBytes(request.UnsealedPath, new byte[2048]);

        var error = Assert.Throws<InvalidDataException>(
            () => PreCommit1Phase.Run(request, new SealOptions(), null, default));

        Assert.Contains(request.Pieces[0].CommP.ToString(), error.Message);
        Assert.Contains(ZeroPieces.Commitment(2048).ToString(), error.Message);
        Assert.Empty(Directory.GetFiles(_folder["cache"]));
    }

    [Fact]
    public void Run_ParentCacheFolder_LeavesFilecoinsFile()
    {
        var request = Request(SealConfig.FromRegistered(5));
        var withCache = new SealOptions { ParentCacheDirectory = _folder["parents"] };

        var first = PreCommit1Phase.Run(request, withCache, null, default);
        Directory.Delete(_folder["cache"], recursive: true);
        var second = PreCommit1Phase.Run(request, new SealOptions(), null, default);

        Assert.Equal(first.Output.ToArray(), second.Output.ToArray());
        Assert.Equal(
            "v28-sdr-parent-494d91dc80f2df5272c4b9e129bc7ade9405225993af9fe34e6542a39a47554b.cache",
            Path.GetFileName(Assert.Single(Directory.GetFiles(_folder["parents"]))));
    }

    private DateTime Stamp(string name) => File.GetLastWriteTimeUtc(Path.Combine(_folder["cache"], name));

    private PreCommit1Request Request(SealConfig config)
    {
        var data = new byte[config.Shape.UnpaddedSize];
        new Random(11).NextBytes(data);
        var piece = AddPiecePhase.Run(
            new AddPieceRequest
            {
                Shape = config.Shape,
                UnsealedPath = _folder["unsealed"],
                UnpaddedSize = data.Length,
                Data = new MemoryStream(data),
            },
            null,
            default);
        return new PreCommit1Request
        {
            Config = config,
            ProverId = ProverId.FromActorId(1000),
            Sector = 7,
            Ticket = Ticket,
            Pieces = [piece],
            UnsealedPath = _folder["unsealed"],
            CacheDirectory = _folder["cache"],
        };
    }

    private sealed class Reporter(Action<PhaseProgress> report) : IProgress<PhaseProgress>
    {
        public void Report(PhaseProgress value) => report(value);
    }
}
