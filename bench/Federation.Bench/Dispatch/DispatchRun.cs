using System.Globalization;
using Federation.Discovery;
using Federation.Discovery.Etcd;
using Federation.Discovery.Jobs;
using Federation.Launcher.Layout;
using Federation.Proofs;
using Federation.Worker.Phases;

namespace Federation.Bench.Dispatch;

/// <summary>Measures one store.</summary>
/// <param name="Programs">The build's output folder.</param>
/// <param name="Count">Jobs to measure.</param>
/// <param name="WarmUp">Jobs before them, while code is compiled and connections are made.</param>
/// <param name="Seed">Of the waits between jobs.</param>
internal sealed record DispatchRun(string Programs, int Count, int WarmUp, int Seed)
{
    private const string Miner = "t01000";

    /// <summary>Starts a federation on the store, measures, and ends it.</summary>
    public async Task<DispatchFigures> MeasureAsync(StoreKind kind, CancellationToken cancellationToken)
    {
        await using var federation = await BenchFederation.StartAsync(kind, Programs, cancellationToken);
        var clock = new PhaseStartClock(new PhaseRunner(new SealOptions()));
        await using var worker = new BenchWorker(federation.Agent, federation.WorkerFolder, clock);
        await using var store =
            await EtcdStore.ConnectAsync([federation.StoreEndpoint], cancellationToken: cancellationToken);
        await federation.WorkerIsKnownAsync(cancellationToken);
        var board = new JobBoard(store, new FederationKeys(Miner));
        var loop = new DispatchLoop(board, federation, worker, clock, new Random(Seed));
        await loop.RunAsync(WarmUp, cancellationToken);
        var before = LoadAverage();
        var samples = await loop.RunAsync(Count, cancellationToken);
        federation.Succeeded = true;
        return new DispatchFigures(
            kind.OptionText(), Count, WarmUp,
            Quantiles.Of(samples.Select(sample => sample.FromAnswerMs)),
            Quantiles.Of(samples.Select(sample => sample.FromRequestMs)),
            before, LoadAverage(), Environment.ProcessorCount);
    }

    private static double LoadAverage() =>
        double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);
}
