using System.Globalization;
using Federation.Discovery.Etcd;
using Federation.Discovery.Jobs;
using Federation.Discovery.Mirror;
using Federation.Proto.Records;

namespace Federation.Discovery.Peer;

/// <summary>
/// One of two rivals. Per round it is told how many offers are new, and says "ready" when its own watch has seen them.
/// Then, for each of them in the order of sectors, it waits to be told, claims as an agent would, and says "won" or
/// "lost".
/// </summary>
internal static class RaceCommand
{
    public static async Task<int> RunAsync(string address, string miner, string name)
    {
        await using var store = await EtcdStore.ConnectAsync([address]);
        var board = new JobBoard(store, new FederationKeys(miner));
        var me = new AgentIdentity(name, "north", "repository-" + name);
        await using var lease = await store.GrantLeaseAsync(TimeSpan.FromSeconds(60), CancellationToken.None);
        await using var events = new RecordMirror<QueueRecord>(store, board.Keys.Queue)
            .FollowAsync(CancellationToken.None).GetAsyncEnumerator();
        var seen = new Dictionary<ulong, Versioned<QueueRecord>>();
        var sector = 0UL;
        while (await Console.In.ReadLineAsync() is { Length: > 0 } line)
        {
            var end = sector + ulong.Parse(line, CultureInfo.InvariantCulture);
            await SeeAsync(events, seen, sector, end);
            await Console.Out.WriteLineAsync("ready");
            for (; sector < end; sector++)
            {
                await Console.In.ReadLineAsync();
                var claim = await board.ClaimAsync(seen[sector], me, lease, CancellationToken.None);
                await Console.Out.WriteLineAsync(claim is ClaimResult.Won ? "won" : "lost");
            }
        }

        return 0;
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
