using System.Diagnostics;
using System.Globalization;
using Federation.Discovery.Etcd;
using Federation.Discovery.Jobs;
using Federation.Discovery.Mirror;
using Federation.Discovery.Store;
using Federation.Proto.Records;

namespace Federation.Discovery.Peer;

/// <summary>What the client does on a store: writes per second, and how long from a registration to its
/// claim.</summary>
internal static class MeasureCommand
{
    private const int Writes = 10_000;
    private const int Callers = 64;
    private const int Jobs = 500;

    public static async Task<int> RunAsync(string address)
    {
        await using var store = await EtcdStore.ConnectAsync([address]);
        var keys = new FederationKeys("t0" + Environment.TickCount.ToString(CultureInfo.InvariantCulture));
        await PutsAsync(store, keys, Writes / 10, Callers);
        Console.WriteLine($"puts, {Callers} callers: {await PutsAsync(store, keys, Writes, Callers):F0}/s");
        Console.WriteLine($"puts, 1 caller: {await PutsAsync(store, keys, Writes / 10, 1):F0}/s");
        await ClaimsAsync(store, keys);
        return 0;
    }

    private static async Task<double> PutsAsync(EtcdStore store, FederationKeys keys, int writes, int callers)
    {
        var watch = Stopwatch.StartNew();
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async caller =>
        {
            while (Interlocked.Increment(ref next) <= writes)
            {
                var put = new PutOp($"{keys.Control}{caller}", new byte[256]);
                await store.TxnAsync(new StoreTxn([], [put], []), CancellationToken.None);
            }
        }));
        return writes / watch.Elapsed.TotalSeconds;
    }

    private static async Task ClaimsAsync(EtcdStore store, FederationKeys keys)
    {
        var board = new JobBoard(store, keys);
        var me = new AgentIdentity("a", "north", "repository");
        await using var lease = await store.GrantLeaseAsync(TimeSpan.FromSeconds(60), CancellationToken.None);
        await using var events = new RecordMirror<QueueRecord>(store, keys.Queue).FollowAsync(CancellationToken.None)
            .GetAsyncEnumerator();
        await events.MoveNextAsync();
        var (seen, claimed) = (new List<double>(), new List<double>());
        for (var sector = 1UL; sector <= Jobs; sector++)
        {
            var offer = new QueueRecord { Sector = sector, Order = new Order { Number = 1, Phases = { "AP" } } };
            await board.CommitAsync(board.Register(offer), CancellationToken.None);
            var watch = Stopwatch.StartNew();
            var job = await NextAsync(events, sector);
            seen.Add(watch.Elapsed.TotalMilliseconds);
            await board.ClaimAsync(job, me, lease, CancellationToken.None);
            claimed.Add(watch.Elapsed.TotalMilliseconds);
        }

        Console.WriteLine($"answer to registration -> event: {Describe(seen)}; -> claim answered: {Describe(claimed)}");
    }

    private static async Task<Versioned<QueueRecord>> NextAsync(
        IAsyncEnumerator<MirrorEvent<QueueRecord>> events, ulong sector)
    {
        while (await events.MoveNextAsync())
        {
            if (events.Current is MirrorEvent<QueueRecord>.Changed changed && changed.Entry.Record.Sector == sector)
            {
                return changed.Entry;
            }
        }

        throw new InvalidOperationException("The mirror ended.");
    }

    private static string Describe(List<double> milliseconds)
    {
        milliseconds.Sort();
        return $"p50 {milliseconds[milliseconds.Count / 2]:F2} ms, p99 {milliseconds[milliseconds.Count * 99 / 100]:F2} ms";
    }
}
