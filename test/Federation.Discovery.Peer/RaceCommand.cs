using System.Globalization;
using Federation.Discovery.Etcd;
using Federation.Discovery.Jobs;
using Federation.Discovery.Mirror;
using Federation.Discovery.Store;
using Federation.Proto.Records;

namespace Federation.Discovery.Peer;

/// <summary>
/// One of two rivals. Per round it is told how many offers there are by now, says when its own watch has seen them,
/// begins when told to, claims each of the round as an agent would, and says how many it won.
/// </summary>
internal static class RaceCommand
{
    private const int Callers = 16;

    public static async Task<int> RunAsync(string address, string miner, string name)
    {
        await using var store = await EtcdStore.ConnectAsync([address]);
        var board = new JobBoard(store, new FederationKeys(miner));
        var me = new AgentIdentity(name, "north", "repository-" + name);
        await using var lease = await store.GrantLeaseAsync(TimeSpan.FromSeconds(60), CancellationToken.None);
        await using var events = new RecordMirror<QueueRecord>(store, board.Keys.Queue)
            .FollowAsync(CancellationToken.None).GetAsyncEnumerator();
        var seen = new Dictionary<ulong, Versioned<QueueRecord>>();
        var first = 0UL;
        while (await Console.In.ReadLineAsync() is { Length: > 0 } line)
        {
            var end = ulong.Parse(line, CultureInfo.InvariantCulture);
            await SeeAsync(events, seen, first, end);
            Console.WriteLine("ready");
            await Console.In.ReadLineAsync();
            var won = await ClaimAllAsync(board, me, lease, seen, first, end);
            Console.WriteLine(won.ToString(CultureInfo.InvariantCulture));
            first = end;
        }

        return 0;
    }

    /// <summary>Both rivals take the offers in the same order, so that they meet at each.</summary>
    private static async Task<int> ClaimAllAsync(
        JobBoard board, AgentIdentity me, ILease lease, Dictionary<ulong, Versioned<QueueRecord>> offers, ulong first,
        ulong end)
    {
        var won = 0;
        var next = first;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) - 1 is var sector && sector < end)
            {
                if (await board.ClaimAsync(offers[sector], me, lease, CancellationToken.None) is ClaimResult.Won)
                {
                    Interlocked.Increment(ref won);
                }
            }
        }));
        return won;
    }

    private static async Task SeeAsync(
        IAsyncEnumerator<MirrorEvent<QueueRecord>> events, Dictionary<ulong, Versioned<QueueRecord>> seen, ulong first,
        ulong end)
    {
        while (seen.Count < (int)end && await events.MoveNextAsync())
        {
            IEnumerable<Versioned<QueueRecord>> told = events.Current switch
            {
                MirrorEvent<QueueRecord>.Snapshot snapshot => snapshot.Entries.Values,
                MirrorEvent<QueueRecord>.Changed changed => [changed.Entry],
                _ => [],
            };
            foreach (var offer in told.Where(offer => offer.Record.Sector >= first))
            {
                seen[offer.Record.Sector] = offer;
            }
        }
    }
}
