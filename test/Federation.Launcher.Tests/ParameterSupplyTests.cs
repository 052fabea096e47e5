using Federation.Hosting;
using Federation.Launcher.Layout;
using Federation.Launcher.Parameters;
using Federation.Launcher.Processes;
using Federation.Proofs.Groth16.Parameters;
using Federation.Storage.Space;

namespace Federation.Launcher.Tests;

/// <summary>Test parameters, made by a script in the worker's place.</summary>
[Collection(Forking.Name)]
public sealed class ParameterSupplyTests : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(1);
    private static readonly ParameterNeed Need = ParameterNeed.Of("2KiB");

    private readonly TemporaryFolder _folder = new();
    private readonly RecordingView _view = new();
    private readonly FakePrograms _programs;
    private readonly ParameterFolder _cache;

    public ParameterSupplyTests()
    {
        _programs = new FakePrograms(_folder.Root, new Uri("http://127.0.0.1:1"));
        FakeParameters.Write(_programs.Generated, Need.Circuit);
        _cache = new ParameterFolder(Path.Combine(_folder.Root, "cache"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Ensure_Missing_MakesThemWholeAndLeavesNothingElse()
    {
        var summary = await EnsureAsync("one");

        Assert.Equal((_cache, ParameterOrigin.TestParameters), (summary.Folder, summary.Origin));
        Assert.NotNull(summary.SecondsToMake);
        Assert.Equal(
            Directory.GetFiles(_programs.Generated).Select(Path.GetFileName).Append("federation.lock").Order(),
            Entries());
        Assert.Null((await EnsureAsync("one")).SecondsToMake);
        Assert.Single(Calls());
    }

    [Fact]
    public async Task Ensure_TwoAtOnce_MakesThemOnce()
    {
        var go = Path.Combine(_folder.Root, "go");
        _programs.WriteGenerator($"until [ -e {go} ]; do sleep 0.05; done");
        var both = Task.WhenAll(EnsureAsync("one"), EnsureAsync("two"));
        await SaidAsync("waiting for another 'fed up', which makes test parameters");
        await File.WriteAllTextAsync(go, "");

        var summaries = await both.WaitAsync(Bound);

        Assert.Single(summaries, summary => summary.SecondsToMake is null);
        Assert.Single(Calls());
    }

    [Fact]
    public async Task Ensure_StoppedInTheMiddle_EndsTheGeneratorAndBeginsAgainLater()
    {
        _programs.WriteGenerator($"echo half >\"$8/half\"; echo 'worker params generate: 50 %'; exec sleep 600");
        using var stop = new CancellationTokenSource();
        var run = EnsureAsync("one", stop: stop.Token);
        await SaidAsync("50 %");

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(Bound));
        Assert.Equal(["federation.lock"], Entries());
        _programs.WriteGenerator("");
        Assert.NotNull((await EnsureAsync("one")).SecondsToMake);
    }

    [Fact]
    public async Task Ensure_LauncherWasKilled_DeletesWhatItBeganAndMakesThemAnew()
    {
        var begun = Directory.CreateDirectory(Path.Combine(_cache.Path, "porep-2KiB.making-1")).FullName;
        await File.WriteAllTextAsync(Path.Combine(begun, "half"), "half");

        Assert.NotNull((await EnsureAsync("one")).SecondsToMake);

        Assert.False(Directory.Exists(begun));
        Assert.Equal(ParameterOrigin.TestParameters, _cache.Look(Need.Circuit));
    }

    /// <summary>Killed between the moves of finished files into the cache, after each number of them.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Ensure_LauncherWasKilledAtTheEnd_CompletesWithoutMakingThemAgain(int moved)
    {
        var made = Path.Combine(_cache.Path, "porep-2KiB.made");
        FakeParameters.Write(made, Need.Circuit);
        foreach (var file in Directory.GetFiles(made).OrderBy(
            file => file.EndsWith(".params", StringComparison.Ordinal)).Take(moved))
        {
            File.Move(file, Path.Combine(_cache.Path, Path.GetFileName(file)));
        }

        Assert.Equal(moved == 4, _cache.Look(Need.Circuit) is not null);
        Assert.Null((await EnsureAsync("one")).SecondsToMake);

        Assert.Equal(ParameterOrigin.TestParameters, _cache.Look(Need.Circuit));
        Assert.Empty(Calls());
    }

    [Fact]
    public async Task Ensure_GeneratorFails_ShowsWhatItSaidAndKeepsNothing()
    {
        _programs.WriteGenerator("echo 'worker params generate: 10 %'; echo 'ERROR: No space left on device' >&2; exit 1");

        var error = await Assert.ThrowsAsync<OperatorException>(() => EnsureAsync("one"));

        Assert.Equal("making test parameters ended with code 1:\nERROR: No space left on device", error.Message);
        Assert.Equal(["federation.lock"], Entries());
    }

    [Fact]
    public async Task Ensure_NoRoom_SaysHowMuchIsNeededAndMakesNothing()
    {
        var error = await Assert.ThrowsAsync<OperatorException>(() => EnsureAsync("one", freeBytes: 300 << 20));

        Assert.Equal(
            $"test parameters of PoRep 2KiB take up to 1.095 GiB, but {_cache.Path} has only 300 MiB left",
            error.Message);
        Assert.Empty(Calls());
    }

    [Fact]
    public async Task Ensure_KeyAloneIsThere_OverwritesNothing()
    {
        Directory.CreateDirectory(_cache.Path);
        var key = Path.Combine(_cache.Path, Need.Circuit.VerifyingKeyName);
        await File.WriteAllTextAsync(key, "somebody's");

        await Assert.ThrowsAsync<OperatorException>(() => EnsureAsync("one"));

        Assert.Equal("somebody's", await File.ReadAllTextAsync(key));
        Assert.Empty(Calls());
    }

    [Fact]
    public async Task Ensure_CacheCannotBeWritten_NamesItAndTheVariable()
    {
        await File.WriteAllTextAsync(_cache.Path, "");

        var error = await Assert.ThrowsAsync<OperatorException>(() => EnsureAsync("one"));

        Assert.StartsWith($"{_cache.Path}, which is to keep test parameters, cannot be written (", error.Message,
            StringComparison.Ordinal);
        Assert.Contains("FIL_PROOFS_PARAMETER_CACHE", error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("true", true)]
    [InlineData("0", false)]
    [InlineData(null, false)]
    public void Require_OnlyFilecoinsAreWanted_RefusesToMakeOthers(string? setting, bool refused)
    {
        var error = Record.Exception(() => Supply(1L << 40).Require(
            name => name == "FIL_PROOFS_VERIFY_PRODUCTION_PARAMS" ? setting : null));

        Assert.Equal(
            refused ? "FIL_PROOFS_VERIFY_PRODUCTION_PARAMS is set, and forbids test parameters" : null, error?.Message);
    }

    private async Task<ParameterSummary> EnsureAsync(
        string launcher, long freeBytes = 1L << 40, CancellationToken stop = default)
    {
        var folder = new FederationFolder(Path.Combine(_folder.Root, launcher));
        Directory.CreateDirectory(folder.Logs);
        var children = new Children(folder);
        try
        {
            return await Supply(freeBytes).EnsureAsync(children, stop);
        }
        finally
        {
            Assert.Empty(children.All);
        }
    }

    private ParameterSupply Supply(long freeBytes) => new(
        Need, _cache, _programs.Paths.Worker, new FixedFreeSpace(freeBytes), _view, TimeProvider.System);

    private string[] Entries() =>
        [.. Directory.GetFileSystemEntries(_cache.Path).Select(Path.GetFileName).Order()!];

    private string[] Calls() => File.Exists(_programs.Calls) ? File.ReadAllLines(_programs.Calls) : [];

    private async Task SaidAsync(string text)
    {
        using var bound = new CancellationTokenSource(Bound);
        while (!_view.HasSaid(text))
        {
            await Task.Delay(20, bound.Token);
        }
    }

    private sealed class FixedFreeSpace(long bytes) : IFreeSpace
    {
        public long FreeBytes(string path) => bytes;
    }
}
