using System.Text.Json;
using Federation.Testing;
using Federation.Worker.External;
using Federation.Worker.Phases;
using Microsoft.Extensions.Logging.Abstractions;

namespace Federation.Worker.Tests.External;

/// <summary>Processes start, serve several tasks, see what they should, start again and end.</summary>
public sealed class LifecycleTests : IDisposable
{
    private const string Ready = "echo 'pc2 processor ready'; ";

    private readonly SealingFolder _folder = new();

    public LifecycleTests() => _folder.FillWithGoldenFiles();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Program_DiesAtItsFirstTask_IsStartedAgainAndServesTheNext()
    {
        var script = $"{Ready} next; if [[ ! -e {_folder.In("died")} ]]; then touch {_folder.In("died")}; exit 1; fi; "
            + $"while true; do answer $id '{Programs.PreCommit2Output}'; next; done";
        await using var runner = Programs.Run(Programs.Script(script));

        await Assert.ThrowsAsync<PhaseException>(() => RunAsync(runner));
        var first = await RunAsync(runner);
        var second = await RunAsync(runner);

        Assert.Equal((Golden.CommR, Golden.CommR), (first.CommR, second.CommR));
    }

    [Fact]
    public async Task Program_FailsTwiceToStart_IsStartedAThirdTimeForTheSameTask()
    {
        var script = $"echo start >> {_folder.In("starts")}; [[ $(wc -l < {_folder.In("starts")}) == 3 ]] || exit 1; "
            + $"{Ready} next; answer $id '{Programs.PreCommit2Output}'; next";
        await using var runner = Programs.Run(Programs.Script(script));

        Assert.Equal(Golden.CommR, (await RunAsync(runner)).CommR);
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(3, 1)]
    public async Task Program_ThreePlaces_WorkAtOnceAndAFourthTaskWaits(int processes, int concurrency)
    {
        // Nobody answers before three tasks are there; the fourth is then answered by whoever is free.
        var script = $"{Ready} ids=(); while true; do next; ids+=($id); echo $id >> {_folder.In("seen")}; "
            + $"if (( ${{#ids[@]}} == {concurrency} )) || [[ -e {_folder.In("all")} ]]; then "
            + $"until (( $(wc -l < {_folder.In("seen")}) >= 3 )); do sleep 0.02; done; touch {_folder.In("all")}; "
            + $"for i in ${{ids[@]}}; do answer $i '{Programs.PreCommit2Output}'; done; ids=(); fi; done";
        await using var runner = Programs.Run(
            Programs.Script(script) with { Processes = processes, Concurrency = concurrency });

        var tasks = Enumerable.Range(0, 4).Select(_ => RunAsync(runner)).ToArray();
        var outcomes = await Task.WhenAll(tasks);

        Assert.All(outcomes, outcome => Assert.Equal(Golden.CommR, outcome.CommR));
        Assert.Equal(4, File.ReadAllLines(_folder.In("seen")).Length);
    }

    /// <summary>An answer that comes later than the next must find its own task.</summary>
    [Fact]
    public async Task Program_AnswersInAnotherOrder_EachTaskGetsItsOwn()
    {
        var script = $"{Ready} next; first=$id; next; fail $id second; fail $first first; next";
        await using var pool = new ProgramPool(
            Programs.Script(script) with { Concurrency = 2 }, new Dictionary<string, string>(), new PatientTime(),
            NullLogger.Instance);
        using var task = JsonDocument.Parse("{}");
        await pool.StartAsync(default).WaitAsync(Programs.Limit);
        var first = pool.AskAsync(task.RootElement, default);
        var second = pool.AskAsync(task.RootElement, default);

        Assert.Equal("first", (await first.WaitAsync(Programs.Limit)).ErrMsg);
        Assert.Equal("second", (await second.WaitAsync(Programs.Limit)).ErrMsg);
    }

    [Fact]
    public async Task Program_IsGiven_ItsArgumentsEnvironmentAndProcessors()
    {
        var secret = Environment.GetEnvironmentVariable("AGENT_API_INFO");
        Environment.SetEnvironmentVariable("AGENT_API_INFO", "token:/ip4/127.0.0.1/tcp/1/http");
        Environment.SetEnvironmentVariable("FEDERATION_TEST_PASSED", "from the worker");
        Environment.SetEnvironmentVariable("FEDERATION_TEST_LEFT", "here");
        try
        {
            var allowed = AllowedOf("/proc/thread-self/status");
            var one = allowed.Split(',', '-')[0];
            Assert.True(CpuSet.TryParse(one, out var cpus, out _));
            var script = $"env -0 > {_folder.In("env")}; cp /proc/self/status {_folder.In("status")}; "
                + $"printf '%s|' \"$0\" \"$@\" > {_folder.In("args")}; "
                + $"{Ready} next; answer $id '{Programs.PreCommit2Output}'; next";
            var program = Programs.Script(script);
            await using var runner = Programs.Run(program with
            {
                Arguments = [.. program.Arguments, "zero", "a b", "$HOME", ""],
                Variables = new Dictionary<string, string?>
                {
                    ["GPU"] = "0 1", ["FEDERATION_TEST_PASSED"] = null, ["FEDERATION_TEST_ABSENT"] = null,
                },
                Cpus = cpus,
            });

            await RunAsync(runner);

            var environment = File.ReadAllText(_folder.In("env")).Split('\0');
            Assert.Contains("GPU=0 1", environment);
            Assert.Contains("FEDERATION_TEST_PASSED=from the worker", environment);
            Assert.Contains(environment, entry => entry.StartsWith("PATH=", StringComparison.Ordinal));
            Assert.DoesNotContain(environment, entry => entry.StartsWith("FEDERATION_TEST_LEFT", StringComparison.Ordinal)
                || entry.StartsWith("FEDERATION_TEST_ABSENT", StringComparison.Ordinal)
                || entry.Contains("API_INFO", StringComparison.Ordinal));
            Assert.Equal("zero|a b|$HOME||", File.ReadAllText(_folder.In("args")));
            Assert.Equal(one, AllowedOf(_folder.In("status")));
            Assert.Equal(allowed, AllowedOf("/proc/thread-self/status"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("AGENT_API_INFO", secret);
        }
    }

    [Fact]
    public async Task Program_ProcessorsThatAreNotThere_SaysSo()
    {
        Assert.True(CpuSet.TryParse("1023", out var cpus, out _));
        await using var runner = Programs.Run(Programs.Script(Ready) with { Cpus = cpus });

        var failure = await Assert.ThrowsAsync<PhaseException>(() => RunAsync(runner));

        Assert.Contains("cannot be started: this machine has none of the processors of CpuSet", failure.Message);
    }

    [Fact]
    public async Task Task_Cancelled_EndsAtOnceAndItsProcessWithIt()
    {
        var script = $"{Ready} next; echo $$ > {_folder.In("pid.tmp")}; mv {_folder.In("pid.tmp")} {_folder.In("pid")}; "
            + "sleep 600";
        // On a clock that stands still: whatever it waited for would never pass.
        await using var runner = Programs.Run(
            new ManualTime(),
            NullLogger<ExternalPhaseRunner>.Instance,
            Programs.Script(script) with { Concurrency = 2 });
        using var cancel = new CancellationTokenSource();
        var running = runner.PreCommit2Async(_folder.PreCommit2, null, cancel.Token);
        var pid = int.Parse(await Programs.EventuallyAsync(
            () => File.Exists(_folder.In("pid")) ? File.ReadAllText(_folder.In("pid")) : null));
        var other = RunAsync(runner);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Programs.Limit));

        // It is killed by then; the system ends it in its own time.
        await Programs.EventuallyAsync(() => Programs.IsAlive(pid) ? null : "gone");
        var neighbour = await Assert.ThrowsAsync<PhaseException>(() => other);
        Assert.Contains("was ended: another task of it was cancelled", neighbour.Message);
    }

    [Fact]
    public async Task Runner_Disposed_EndsItsProcessesByTheirInput()
    {
        var script = $"{Ready} next; answer $id '{Programs.PreCommit2Output}'; read; echo $? > {_folder.In("end")}";
        // Its two seconds to end by itself do not pass on a clock that stands still, however busy the machine is.
        var runner = Programs.Run(new ManualTime(), NullLogger<ExternalPhaseRunner>.Instance, Programs.Script(script));
        await RunAsync(runner);

        await runner.DisposeAsync().AsTask().WaitAsync(Programs.Limit);

        Assert.Equal("1\n", File.ReadAllText(_folder.In("end")));
    }

    [Fact]
    public async Task StartAsync_ProgramThatCannotRun_IsKnownBeforeAnyTask()
    {
        await using var good = Programs.Run(Programs.Script(Ready + "next"));
        await good.StartAsync(default).WaitAsync(Programs.Limit);
        await using var bad = Programs.Run(Programs.Script(Ready + "next") with { Program = "/nowhere/prover" });

        var failure = await Assert.ThrowsAsync<PhaseException>(() => bad.StartAsync(default).WaitAsync(Programs.Limit));

        Assert.Contains("the program /nowhere/prover of PC2", failure.Message);
        Assert.Contains("No such file", failure.Message);
    }

    private Task<PreCommit2Outcome> RunAsync(ExternalPhaseRunner runner) =>
        runner.PreCommit2Async(_folder.PreCommit2, null, default).WaitAsync(Programs.Limit);

    private static string AllowedOf(string status) =>
        File.ReadAllLines(status).Single(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal))
            .Split('\t')[1];
}
