using Federation.Hosting;
using Federation.Launcher.Layout;
using Federation.Launcher.Parameters;
using Federation.Launcher.Up;
using Federation.Launcher.View;
using Federation.Proofs.Groth16.Parameters;
using Spectre.Console;

namespace Federation.Launcher.Tests;

/// <summary>Whole runs, with scripts for programs and a fake miner's API.</summary>
[Collection(Forking.Name)]
public sealed class FederationRunTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(3);
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private FakeMinerApi _api = null!;
    private FakePrograms _programs = null!;

    private FederationFolder Folder => new(Path.Combine(_folder.Root, "up"));

    public async Task InitializeAsync()
    {
        _api = await FakeMinerApi.StartAsync();
        _programs = new FakePrograms(_folder.Root, _api.Address);
        _api.Workers = () => _programs.Workers;
        FakeParameters.Write(_programs.Generated, ParameterNeed.Of("2KiB").Circuit);
    }

    public async Task DisposeAsync() => await _api.DisposeAsync();

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
    }

    [Fact]
    public async Task Run_AllProve_SumsUpStopsAllAndEndsWithZero()
    {
        Assert.Equal(0, await RunAsync(Options() with { Json = true }));

        var output = _output.ToString();
        Assert.Contains(
            "3 of 3 sectors of 2KiB are proving (region-1: 2, region-2: 1)", output, StringComparison.Ordinal);
        Assert.StartsWith("{\"sectors\":3,\"proving\":3,", output.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
        Assert.Contains("\"proofs\":\"vanilla\",\"parameters\":null,", output, StringComparison.Ordinal);
        Assert.False(File.Exists(Folder.ChildrenFile));
        foreach (
            var log in new[] { "miner", "agent-region-1", "agent-region-2", "worker-region-1-1", "worker-region-2-2" })
        {
            Assert.Contains("stopped", await File.ReadAllTextAsync(Folder.Log(log)), StringComparison.Ordinal);
        }

        Assert.StartsWith(
            "worker-token:/ip4/127.0.0.1/tcp/1/http 2KiB",
                await File.ReadAllTextAsync(Folder.Log("worker-region-2-1")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Groth16_MakesParametersOnceAndTellsEveryProcessWhere()
    {
        var cache = Path.Combine(_folder.Root, ".cache", "federation", "parameters");
        var groth16 = Options() with { Proofs = ProofKind.Groth16, Json = true };

        Assert.Equal(0, await RunAsync(groth16));
        Assert.Equal(0, await RunAsync(groth16));

        var calls = await File.ReadAllLinesAsync(_programs.Calls);
        Assert.Single(calls, call => call.StartsWith("worker params generate", StringComparison.Ordinal));
        Assert.Single(calls, call => call == "miner init --sector-size 2KiB --devnet-proofs groth16");
        Assert.Equal(ParameterOrigin.TestParameters, new ParameterFolder(cache).Look(ParameterNeed.Of("2KiB").Circuit));
        foreach (var log in new[] { "worker-region-1-1", "worker-region-2-2" })
        {
            Assert.Contains($" 2KiB {cache}\n", await File.ReadAllTextAsync(Folder.Log(log)), StringComparison.Ordinal);
        }

        var output = _output.ToString();
        Assert.Contains($"making test parameters of PoRep 2KiB, once for this machine, in {cache}\n", output,
            StringComparison.Ordinal);
        Assert.Contains("test parameters of PoRep 2KiB: 50 %, about ", output, StringComparison.Ordinal);
        Assert.Contains($"test parameters of PoRep 2KiB are in {cache}\n", output, StringComparison.Ordinal);
        Assert.Contains(
            "\"proofs\":\"groth16\",\"parameters\":{\"origin\":\"TestParameters\",\"dir\":\"" + cache
                + "\",\"seconds_to_make\":null}", output, StringComparison.Ordinal);
    }

    /// <summary>Whoever cannot have parameters is told of vanilla proofs, and may have them in this folder.</summary>
    [Fact]
    public async Task Run_ParametersCannotBeMade_LeavesTheFolderFreeForVanilla()
    {
        var error = await Assert.ThrowsAsync<OperatorException>(
            () => RunAsync(Options() with { Proofs = ProofKind.Groth16, SectorSize = "32GiB" }));

        Assert.Matches(
            "^Groth16 proofs of 32GiB sectors need parameters of about 4[0-9.]+ GiB, which are not made here$",
            error.Message);
        Assert.Contains("--proofs vanilla", error.Remedy, StringComparison.Ordinal);
        Assert.Equal(0, await RunAsync(Options()));
    }

    [Fact]
    public async Task Run_Again_ResumesWithoutInitAndPledgesOnlyWhatIsMissing()
    {
        await RunAsync(Options());
        File.Delete(_programs.Calls);

        Assert.Equal(0, await RunAsync(Options() with { Sectors = 5 }));

        Assert.Equal(5, _api.Pledged);
        Assert.DoesNotContain("init", await File.ReadAllTextAsync(_programs.Calls), StringComparison.Ordinal);
        Assert.Contains("3 sectors were there, pledged 2 more", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WorkerDies_NamesItWithItsLastLinesAndStopsTheRest()
    {
        _api.LastState = "PreCommit1";
        _programs.WriteWorker($"""
            {_programs.SayWorks}
            [[ $* == *region-2-1* ]] && { "{ sleep 1; echo 'out of luck'; exit 7; }" }
            exec sleep 600
            """);

        var error = await Assert.ThrowsAsync<OperatorException>(() => RunAsync(Options()));

        Assert.StartsWith("worker-region-2-1 ended by itself with code 7", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("\n  | out of luck", error.Message, StringComparison.Ordinal);
        Assert.Contains("stopped", await File.ReadAllTextAsync(Folder.Log("miner")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_StoppedMidway_StopsAllAndSaysSo()
    {
        _api.LastState = "PreCommit1";
        using var stop = new CancellationTokenSource();
        var run = RunAsync(Options(), stop.Token);
        using var bound = new CancellationTokenSource(Bound);
        while (_api.Pledged < 3)
        {
            await Task.Delay(20, bound.Token);
        }

        await stop.CancelAsync();

        Assert.Null(await run);
        Assert.Contains("stopped", await File.ReadAllTextAsync(Folder.Log("agent-region-1")), StringComparison.Ordinal);
    }

    /// <summary>A full disk, for instance: what cannot be counted or shown must not leave processes behind.</summary>
    [Fact]
    public async Task Run_MetersCannotBeSaved_StopsAllEvenSo()
    {
        Directory.CreateDirectory(Folder.WanFile);

        await Assert.ThrowsAnyAsync<Exception>(() => RunAsync(Options()));

        Assert.False(File.Exists(Folder.ChildrenFile));
        Assert.Contains("stopped", await File.ReadAllTextAsync(Folder.Log("miner")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_FolderCannotBeMade_SaysThatAndNotThatItIsUsed()
    {
        await File.WriteAllTextAsync(Folder.Root, "");

        var error = await Assert.ThrowsAsync<OperatorException>(() => RunAsync(Options()));

        Assert.StartsWith($"{Folder.Root} cannot be written (", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_FolderInUse_IsRefused()
    {
        using var other = FolderLock.Take(Folder);

        var error = await Assert.ThrowsAsync<OperatorException>(() => RunAsync(Options()));

        Assert.Contains("is used by another 'fed up'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ProgramFailsToInitialise_ShowsWhatItSaid()
    {
        var miner = _programs.Paths.Miner;
        await File.WriteAllTextAsync(miner, "#!/bin/sh\necho 'unknown sector size' >&2\nexit 3\n");

        var error = await Assert.ThrowsAsync<OperatorException>(() => RunAsync(Options()));

        Assert.Equal("miner init ended with code 3:\nunknown sector size", error.Message);
    }

    private UpOptions Options() => new(
        _programs.Paths.Bin, Folder.Root, Store: null, Install: false, Proofs: ProofKind.Vanilla, Sectors: 3,
        SectorSize: null, Regions: null, Workers: null, Exit: true, Json: false);

    private Task<int?> RunAsync(UpOptions options, CancellationToken stop = default)
    {
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(_output) });
        console.Profile.Width = 200;
        return new FederationRun(
            options, name => name == "HOME" ? _folder.Root : null, new PlainView(_output, TimeProvider.System), console,
            TimeProvider.System).RunAsync(stop, CancellationToken.None).WaitAsync(Bound, CancellationToken.None);
    }
}
