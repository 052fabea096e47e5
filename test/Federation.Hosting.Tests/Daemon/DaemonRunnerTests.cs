using Federation.Hosting.Daemon;
using Federation.Hosting.Logging;
using Microsoft.Extensions.Logging;

namespace Federation.Hosting.Tests.Daemon;

public sealed class DaemonRunnerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly StringWriter _log = new() { NewLine = "\n" };
    private readonly ILoggerFactory _loggers;

    public DaemonRunnerTests() => _loggers = ConsoleLogging.Create(TextWriter.Synchronized(_log));

    [Fact]
    public async Task RunAsync_BodyReturns_IsSuccess() => Assert.Equal(0, await RunAsync(_ => Task.CompletedTask));

    [Fact]
    public async Task RunAsync_Stopped_IsSuccessOnceTheBodyHasEnded()
    {
        using var stop = new CancellationTokenSource();
        var cleanedUp = false;

        var running = RunAsync(
            async context =>
            {
                try
                {
                    await Task.Delay(Timeout.Infinite, context.Stopping);
                }
                finally
                {
                    cleanedUp = true;
                }
            },
            stop.Token);
        await stop.CancelAsync();

        Assert.Equal(0, await running);
        Assert.True(cleanedUp);
        Assert.Contains("\tINFO\ttest\ttest is stopping\n", _log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_BodyFails_IsLoudAndADefect()
    {
        Assert.Equal(70, await RunAsync(_ => throw new InvalidOperationException("oops")));

        Assert.Contains(
            "\tFATAL\ttest\ttest failed for good: the process stops\tSystem.InvalidOperationException: oops\\n",
            _log.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_LoopFails_StopsTheBodyAndIsADefect()
    {
        var code = await RunAsync(async context =>
        {
            context.Fatal.Fail("lease keeper", new TimeoutException("no word from the store"));
            await Task.Delay(Timeout.Infinite, context.Stopping);
        });

        Assert.Equal(70, code);
        Assert.Contains(
            "\tFATAL\ttest\tlease keeper failed for good: the process stops"
                + "\tSystem.TimeoutException: no word from the store\n",
            _log.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_FailureInsideACallbackThatWaits_StillStops()
    {
        // The body's callback on the token waits for the loop that calls Fail: Fail must not run callbacks itself.
        using var loopEnded = new ManualResetEventSlim();
        var code = await RunAsync(async context =>
        {
            await using var registration = context.Stopping.Register(() => Assert.True(loopEnded.Wait(Patience)));
            context.Fatal.Fail("loop", new TimeoutException());
            loopEnded.Set();
            await Task.Delay(Timeout.Infinite, context.Stopping);
        });

        Assert.Equal(70, code);
        Assert.DoesNotContain("stop failed", _log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_OperatorError_IsTheCallersToShow() =>
        await Assert.ThrowsAsync<OperatorException>(() => RunAsync(_ => throw new OperatorException("no disk")));

    [Fact]
    public async Task RunAsync_StopTakesTooLong_IsForced()
    {
        var forced = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var stop = new CancellationTokenSource();
        var options = new DaemonOptions
        {
            StopTimeout = TimeSpan.FromMilliseconds(1),
            Exit = code => forced.TrySetResult(code),
        };

        var running = DaemonRunner.RunAsync("test", _ => forced.Task, _loggers, stop.Token, options);
        await stop.CancelAsync();

        Assert.Equal(70, await forced.Task.WaitAsync(Patience));
        await running.WaitAsync(Patience);
        Assert.Contains(
            "the process did not stop within 1ms and is ended by force", _log.ToString(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _loggers.Dispose();
        _log.Dispose();
    }

    private Task<int> RunAsync(Func<DaemonContext, Task> body, CancellationToken stop = default) =>
        DaemonRunner.RunAsync("test", body, _loggers, stop).WaitAsync(Patience, CancellationToken.None);
}
