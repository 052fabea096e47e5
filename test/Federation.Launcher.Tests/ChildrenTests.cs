using System.Globalization;
using Federation.Hosting;
using Federation.Launcher.Layout;
using Federation.Launcher.Processes;

namespace Federation.Launcher.Tests;

[Collection(Forking.Name)]
public sealed class ChildrenTests : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);
    private readonly TemporaryFolder _temporary = new();
    private readonly FederationFolder _folder;

    public ChildrenTests()
    {
        _folder = new FederationFolder(_temporary.Root);
        Directory.CreateDirectory(_folder.Logs);
    }

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task StopAll_TwoLayers_StopsTheLaterOneFirst()
    {
        var children = new Children(_folder);
        var order = Path.Combine(_temporary.Root, "order");
        children.NextLayer();
        var first = children.Start(
            Script("first", $"trap 'echo first >>{order}; exit 0' TERM; echo up; sleep 60 & wait"));
        children.NextLayer();
        var second = children.Start(
            Script("second", $"trap 'echo second >>{order}; exit 0' TERM; echo up; sleep 60 & wait"));
        await LogHasAsync(first, "up");
        await LogHasAsync(second, "up");

        await children.StopAllAsync(CancellationToken.None).WaitAsync(Bound);

        Assert.Equal(["second", "first"], await File.ReadAllLinesAsync(order));
        Assert.False(children.Died.IsCompleted);
        Assert.False(File.Exists(_folder.ChildrenFile));
    }

    [Fact]
    public async Task StopAll_Impatient_KillsAChildThatIgnoresTheSignal()
    {
        var children = new Children(_folder);
        children.NextLayer();
        var child = children.Start(Script("deaf", "trap '' TERM; echo up; while :; do sleep 1; done"));
        await LogHasAsync(child, "up");
        var (pid, ticks) = (child.Id, ProcessSignals.StartTicks(child.Id));

        await children.StopAllAsync(new CancellationToken(canceled: true)).WaitAsync(TimeSpan.FromSeconds(10));

        Assert.NotNull(ticks);
        Assert.NotEqual(ticks, ProcessSignals.StartTicks(pid));
    }

    /// <summary>Impatience may come while a layer is already being stopped, and from another thread.</summary>
    [Fact]
    public async Task StopAll_ImpatientWhileStopping_KillsWhatIsBeingStoppedAndTheRest()
    {
        var children = new Children(_folder);
        children.NextLayer();
        var lower = children.Start(Script("lower", "trap '' TERM; echo up; while :; do sleep 1; done"));
        children.NextLayer();
        var upper = children.Start(Script("upper", "trap 'echo asked' TERM; echo up; while :; do sleep 0.05; done"));
        await LogHasAsync(lower, "up");
        await LogHasAsync(upper, "up");
        using var impatient = new CancellationTokenSource();

        var stopping = children.StopAllAsync(impatient.Token);
        await LogHasAsync(upper, "asked");
        await impatient.CancelAsync();

        // Each layer that waited its patience out would take 15 s.
        Assert.Empty(await stopping.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    /// <summary>Until setsid has run, a child has no group that a signal could be sent to.</summary>
    [Fact]
    public async Task Stop_AtOnceAfterTheStart_IsHeard()
    {
        for (var run = 0; run < 20; run++)
        {
            using var child = ChildProcess.Start(Script("hasty", "exec sleep 60"), _folder.Log("hasty"));

            Assert.True(
                await child.StopAsync(TimeSpan.FromMinutes(5), CancellationToken.None).WaitAsync(Bound), $"run {run}");
        }
    }

    [Fact]
    public async Task Stop_LeavesNothingOfItsGroup()
    {
        var pidFile = Path.Combine(_temporary.Root, "grandchild");
        var child = ChildProcess.Start(
            Script("parent", $"(trap '' TERM; sleep 60) & echo $! >{pidFile}; echo up; trap 'exit 0' TERM; wait"),
            _folder.Log("parent"));
        await LogHasAsync(child, "up");
        var grandchild = int.Parse(await File.ReadAllTextAsync(pidFile), CultureInfo.InvariantCulture);

        Assert.True(await child.StopAsync(Bound, CancellationToken.None));

        using var bound = new CancellationTokenSource(Bound);
        while (ProcessSignals.StartTicks(grandchild) is not null)
        {
            await Task.Delay(20, bound.Token);
        }

        child.Dispose();
    }

    [Fact]
    public async Task StopLeftovers_Interrupted_AreStillKnownToTheNextLauncher()
    {
        var lost = new Children(_folder);
        lost.NextLayer();
        var left = lost.Start(Script("left", "trap '' TERM; echo up; while :; do sleep 0.1; done"));
        await LogHasAsync(left, "up");
        var interrupted = new Children(_folder);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => interrupted.StopLeftoversAsync(new CancellationToken(canceled: true)));
        Assert.Equal(["left"], await interrupted.StopAllAsync(CancellationToken.None).WaitAsync(Bound));

        Assert.Contains("\"left\"", await File.ReadAllTextAsync(_folder.ChildrenFile), StringComparison.Ordinal);
        Assert.Empty(await lost.StopAllAsync(new CancellationToken(canceled: true)).WaitAsync(Bound));
    }

    [Fact]
    public async Task StopLeftovers_RecordDamaged_SaysSoAndKeepsIt()
    {
        await File.WriteAllTextAsync(_folder.ChildrenFile, "[{");
        var children = new Children(_folder);

        var error = await Assert.ThrowsAsync<OperatorException>(
            () => children.StopLeftoversAsync(CancellationToken.None));
        await children.StopAllAsync(CancellationToken.None).WaitAsync(Bound);

        Assert.Contains("is damaged", error.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.ChildrenFile));
    }

    [Fact]
    public async Task Died_ChildEndsByItself_NamesItAndItsLastLines()
    {
        var children = new Children(_folder);
        children.NextLayer();
        children.Start(Script("survivor", "sleep 60"));
        children.Start(Script("victim", "echo one; echo two >&2; exit 3"));

        var dead = await children.Died.WaitAsync(Bound);

        Assert.Equal(("victim", 3), (dead.Spec.Name, dead.ExitCode));
        Assert.Equal(["one", "two"], dead.LastLines(20));
        Assert.Equal(["two"], dead.LastLines(1));
        await children.StopAllAsync(CancellationToken.None).WaitAsync(Bound);
    }

    [Fact]
    public async Task StopLeftovers_OfAKilledLauncher_StopsThemAndNobodyElse()
    {
        var lost = new Children(_folder);
        lost.NextLayer();
        var left = lost.Start(Script("left", "echo up; exec sleep 60"));
        await LogHasAsync(left, "up");
        // A record whose number a stranger has by now: its start differs.
        using var stranger = ChildProcess.Start(Script("stranger", "exec sleep 60"), _folder.Log("stranger"));
        var records = await File.ReadAllTextAsync(_folder.ChildrenFile);
        await File.WriteAllTextAsync(
            _folder.ChildrenFile, records.Replace(
                "]", $",{{\"Name\":\"old\",\"Pid\":{stranger.Id},\"StartTicks\":1}}]", StringComparison.Ordinal));

        await new Children(_folder).StopLeftoversAsync(CancellationToken.None).WaitAsync(Bound);

        await left.Exited.WaitAsync(Bound);
        Assert.False(stranger.Exited.IsCompleted);
        await stranger.StopAsync(Bound, CancellationToken.None);
    }

    private static ChildSpec Script(string name, string script) =>
        new(name, "bash", ["-c", script], new Dictionary<string, string>());

    private static async Task LogHasAsync(ChildProcess child, string line)
    {
        using var bound = new CancellationTokenSource(Bound);
        while (!child.LastLines(10).Contains(line))
        {
            await Task.Delay(20, bound.Token);
        }
    }
}
