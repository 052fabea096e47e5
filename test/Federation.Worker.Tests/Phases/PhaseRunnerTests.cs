using System.Diagnostics;
using System.Runtime.InteropServices;
using Federation.Proofs;
using Federation.Worker.Phases;

namespace Federation.Worker.Tests.Phases;

public sealed class PhaseRunnerTests : IDisposable
{
    private static readonly PhaseSector Sector = new(SealConfig.FromRegistered(5), 1000, 7);
    private static readonly Bytes32 Ticket = Bytes32.FromHex(string.Concat(Enumerable.Repeat("07", 32)));
    private static readonly Bytes32 Seed = Bytes32.FromHex(string.Concat(Enumerable.Repeat("08", 32)));

    private readonly string _folder = Directory.CreateTempSubdirectory("federation-runner-").FullName;
    private readonly PhaseRunner _runner = new(new SealOptions());

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>As the pipeline does it: every phase into a folder of its own, recording the final one.</summary>
    [Fact]
    public async Task Phases_AttemptFolders_RecordTheFinalFolderAndProve()
    {
        var ap = await _runner.AddPieceAsync(
            new AddPieceTask { Sector = Sector, UnsealedPath = In("unsealed") }, null, default).WaitAsync(Bounds.Limit);
        var pc1 = await _runner.PreCommit1Async(PreCommit1(ap, "pc1"), null, default).WaitAsync(Bounds.Limit);
        var pc2 = await _runner.PreCommit2Async(
            new PreCommit2Task
            {
                Sector = Sector,
                Ticket = Ticket,
                CommD = pc1.CommD,
                LayersPath = In("pc1"),
                CachePath = In("pc2"),
                RecordedCachePath = "/final/cache",
                SealedPath = In("sealed"),
            },
            null,
            default).WaitAsync(Bounds.Limit);

        Assert.Equal(["p_aux", "sc-02-data-tree-c.dat", "sc-02-data-tree-r-last.dat", "t_aux"], Names("pc2"));
        Assert.Equal(File.ReadAllBytes(In("pc1/t_aux")), File.ReadAllBytes(In("pc2/t_aux")));
        Assert.Contains("/final/cache", File.ReadAllText(In("pc2/t_aux")));
        Assert.Contains("\"path\":\"/final/cache\"", System.Text.Encoding.UTF8.GetString(pc1.Output.Span));

        foreach (var name in Names("pc2"))
        {
            File.Move(In($"pc2/{name}"), In($"pc1/{name}"), overwrite: true);
        }

        var c1 = await _runner.Commit1Async(
            new Commit1Task
            {
                Sector = Sector,
                Ticket = Ticket,
                Seed = Seed,
                CommD = pc1.CommD,
                CommR = pc2.CommR,
                CachePath = In("pc1"),
                SealedPath = In("sealed"),
                OutputPath = In("c1"),
            },
            null,
            default).WaitAsync(Bounds.Limit);
        var verify = new VerifyTask
        {
            Sector = Sector,
            Ticket = Ticket,
            Seed = Seed,
            CommD = pc1.CommD,
            CommR = pc2.CommR,
            Commit1OutputPath = In("c1"),
        };

        Assert.Equal(new FileInfo(In("c1")).Length, c1.OutputBytes);
        Assert.True((await _runner.VerifyAsync(verify, default).WaitAsync(Bounds.Limit)).Result.IsValid);
        Assert.False(
            (await _runner.VerifyAsync(verify with { Seed = Ticket }, default).WaitAsync(Bounds.Limit)).Result.IsValid);
    }

    [Fact]
    public async Task PreCommit1Async_MissingData_IsInvalidInput()
    {
        var ap = await _runner.AddPieceAsync(
            new AddPieceTask { Sector = Sector, UnsealedPath = In("unsealed") }, null, default).WaitAsync(Bounds.Limit);
        File.Delete(In("unsealed"));

        var failure = await Assert.ThrowsAsync<PhaseException>(
            () => _runner.PreCommit1Async(PreCommit1(ap, "cache"), null, default).WaitAsync(Bounds.Limit));

        Assert.Equal(PhaseFault.InvalidInput, failure.Fault);
        Assert.Contains("unsealed", failure.Message);
    }

    [Fact]
    public async Task AddPieceAsync_UnwritablePlace_IsStorageFault()
    {
        Directory.CreateDirectory(In("unsealed"));

        var failure = await Assert.ThrowsAsync<PhaseException>(() => _runner.AddPieceAsync(
            new AddPieceTask { Sector = Sector, UnsealedPath = In("unsealed") },
            null,
            default).WaitAsync(Bounds.Limit));

        Assert.Equal(PhaseFault.Storage, failure.Fault);
    }

    [Fact]
    public async Task PreCommit1Async_Cancelled_IsCancelled()
    {
        var ap = await _runner.AddPieceAsync(
            new AddPieceTask { Sector = Sector, UnsealedPath = In("unsealed") }, null, default).WaitAsync(Bounds.Limit);
        using var cancelled = new CancellationTokenSource();
        var progress = new CancelAtFirstLayer(cancelled);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _runner.PreCommit1Async(PreCommit1(ap, "cache"), progress, cancelled.Token).WaitAsync(Bounds.Limit));
        Assert.DoesNotContain("t_aux", Names("cache"));
    }

    /// <summary>Opening a pipe that nobody writes to hangs as a read of a storage does that went away.</summary>
    [Fact]
    public async Task AddPieceAsync_CancelledWhileTheFileSystemHangs_EndsAllTheSame()
    {
        // A phase that was cancelled before it came to open the pipe proves nothing: it is given more time then.
        var hung = false;
        for (var head = TimeSpan.FromMilliseconds(1); !hung; head *= 2)
        {
            var pipe = In($"pipe-{head.TotalMilliseconds}");
            using (var make = Process.Start("mkfifo", [pipe]))
            {
                await make.WaitForExitAsync().WaitAsync(Bounds.Limit);
            }

            using var cancelled = new CancellationTokenSource();
            var task = new AddPieceTask { Sector = Sector, UnsealedPath = In("unsealed"), PieceDataPath = pipe };
            var running = _runner.AddPieceAsync(task, null, cancelled.Token);
            await Task.Delay(head);
            await cancelled.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Bounds.Limit));
            hung = IsRead(pipe);
            Assert.True(hung || head < Bounds.Limit, "the phase never came to open the pipe");
        }
    }

    /// <summary>Whether somebody waits for a writer of the pipe; whoever does goes on.</summary>
    private static bool IsRead(string pipe)
    {
        const int WriteOnlyNonBlocking = 0x801;
        var file = Open(pipe, WriteOnlyNonBlocking);
        return file >= 0 && Close(file) == 0;
    }

    [DllImport(
        "libc", EntryPoint = "open", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Open(string path, int flags);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int file);

    private PreCommit1Task PreCommit1(AddPieceOutcome ap, string cache) => new()
    {
        Sector = Sector,
        Ticket = Ticket,
        Pieces = ap.Pieces,
        UnsealedPath = In("unsealed"),
        CachePath = In(cache),
        RecordedCachePath = "/final/cache",
    };

    private string In(string name) => Path.Combine(_folder, name);

    private IEnumerable<string> Names(string folder) =>
        Directory.GetFiles(In(folder)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private sealed class CancelAtFirstLayer(CancellationTokenSource source) : IProgress<PhaseProgress>
    {
        public void Report(PhaseProgress value)
        {
            if (value.Stage.StartsWith("layer", StringComparison.Ordinal))
            {
                source.Cancel();
            }
        }
    }
}
