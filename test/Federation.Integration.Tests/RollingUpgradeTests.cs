using System.Text.Json.Nodes;
using Federation.Discovery;
using Federation.Discovery.Store;
using Federation.Integration.Tests.Support;

namespace Federation.Integration.Tests;

/// <summary>
/// A program of a later version has written members that this miner and this agent do not know, also inside nested
/// messages: whatever they rewrite keeps them, from the claim to the proof.
/// </summary>
[Collection(nameof(Federations))]
public sealed class RollingUpgradeTests
{
    private const string Later = "later_version_member";
    private const int LaterVersion = 99;
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(4);
    private static readonly FederationKeys Keys = new("t01000");

    [Fact]
    public async Task Records_OfALaterVersion_KeepWhatTheMinerAndTheAgentDoNotKnow()
    {
        await using var federation =
            await TestFederation.StartAsync(new() { Regions = 1, WorkersPerRegion = 1, Stretch = "PC1=3s" });
        var region = federation.Regions[0];
        await region.Agent.KillAsync();
        var sector = (await federation.PledgeAsync(1))[0];
        var waiting = await AddAsync(federation, Keys.QueueOf(sector), "spec");
        var record = await AddAsync(federation, Keys.Sector(sector), "spec");
        federation.StartAgent(region);
        var report = await AddAsync(federation, Keys.Report(region.Name, sector));
        await federation.AllProveAsync([sector], Bound);

        var history = await HistoryAsync(federation.Store, waiting);
        AssertKept(history, Keys.Job(region.Name, sector), waiting, atLeast: 4, "spec");
        AssertKept(history, Keys.Sector(sector), record, atLeast: 4, "spec");
        AssertKept(history, Keys.Report(region.Name, sector), report, atLeast: 2);
    }

    /// <summary>Adds a member, to the record and to a message in it, when the record is there; its revision is
    /// returned.</summary>
    private static async Task<long> AddAsync(TestFederation federation, string key, params string[] nested)
    {
        var revision = 0L;
        await Eventually.HoldsAsync(
            async () =>
            {
                if ((await federation.Store.RangeAsync(new RangeQuery(key), CancellationToken.None))
                    .Entries is not [var entry])
                {
                    return $"{key} is not there";
                }

                var later = (JsonObject)JsonNode.Parse(entry.Value.Span)!;
                later["version"] = LaterVersion;
                later[Later] = new JsonObject { ["list"] = new JsonArray(1, "two", null) };
                foreach (var name in nested)
                {
                    later[name]![Later] = name;
                }

                var outcome = await federation.Store.TxnAsync(
                    new StoreTxn(
                        [Guard.Unchanged(key, entry.ModRevision)],
                        [new PutOp(key, System.Text.Encoding.UTF8.GetBytes(later.ToJsonString()), entry.LeaseId)],
                        []),
                    CancellationToken.None);
                revision = outcome.Revision;
                return outcome.Succeeded ? null : $"{key} changed meanwhile";
            },
            Bound,
            federation.Tails);
        return revision;
    }

    /// <summary>All that was written since a revision, in order.</summary>
    private static async Task<IReadOnlyList<StoreEntry>> HistoryAsync(IStore store, long from)
    {
        var now = (await store.RangeAsync(
            new RangeQuery(Keys.Root, IsPrefix: true, KeysOnly: true), CancellationToken.None)).Revision;
        var written = new List<StoreEntry>();
        using var bound = new CancellationTokenSource(Bound);
        await using var marker = await store.GrantLeaseAsync(TimeSpan.FromMinutes(2), bound.Token);
        await store.TxnAsync(
            new StoreTxn([], [new PutOp(Keys.Root + "history-end", default, marker.Id)], []), bound.Token);
        await foreach (var batch in store.WatchAsync(new WatchQuery(Keys.Root, IsPrefix: true, from), bound.Token))
        {
            written.AddRange(batch.Changes.Where(static change => !change.IsDelete)
                .Select(static change => change.Entry));
            if (batch.Revision > now)
            {
                break;
            }
        }

        return written;
    }

    private static void AssertKept(
        IReadOnlyList<StoreEntry> history, string key, long from, int atLeast, params string[] nested)
    {
        var versions = history.Where(entry => entry.Key == key && entry.ModRevision > from).ToList();
        Assert.True(versions.Count >= atLeast, $"{key} was rewritten {versions.Count} times only");
        foreach (var version in versions)
        {
            var json = System.Text.Encoding.UTF8.GetString(version.Value.Span);
            var members = (JsonObject)JsonNode.Parse(json)!;
            Assert.True(members[Later]?["list"] is JsonArray { Count: 3 }, $"{key} lost {Later}: {json}");
            Assert.True((int?)members["version"] == LaterVersion, $"{key} lost its version: {json}");
            Assert.All(nested, name =>
                Assert.True((string?)members[name]?[Later] == name, $"{key} lost {name}.{Later}: {json}"));
        }
    }
}
