using Federation.Discovery.Tests.Support;
using Federation.Proto.Etcd;
using Federation.Proto.Transport;
using Google.Protobuf;

namespace Federation.Discovery.Tests.Conformance;

/// <summary>The same requests to etcd and to the embedded store, one after the other: the same answers, to the
/// byte.</summary>
[RequiresEtcd]
public sealed class DifferentialTests : SideBySide
{
    [StoreFact]
    public async Task RandomRequests_OnBoth_AreAnsweredTheSame()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var requests = new RandomRequests(random);
        for (var i = 0; i < 3000; i++)
        {
            var (request, send) = Next(requests, random);
            var expected = await AnswerAsync(send, Etcd);
            var actual = await AnswerAsync(send, Embedded);
            Assert.True(
                expected.Text == actual.Text,
                $"seed {seed}, request {i}: {request}\netcd:     {expected.Text}\nembedded: {actual.Text}");
            requests.Revision = Math.Max(requests.Revision, actual.Revision);
        }

        await AssertSameHistoryAsync(seed);
    }

    [StoreFact]
    public async Task Compactions_OfAnEmptyStore_AreAnsweredTheSame()
    {
        foreach (var revision in new[] { -1L, 0, 0, -1, 2, 1, 1, 0 })
        {
            var request = new CompactionRequest { Revision = revision, Physical = true };
            var expected = await AnswerAsync(async on => await on.Kv.CompactAsync(request), Etcd);
            var actual = await AnswerAsync(async on => await on.Kv.CompactAsync(request), Embedded);
            Assert.True(expected == actual, $"{revision}\netcd:     {expected}\nembedded: {actual}");
        }
    }

    private static (IMessage Request, Func<ServerFixture, Task<IMessage>> Send) Next(
        RandomRequests requests, Random random)
    {
        switch (random.Next(12))
        {
            case 0 or 1 or 2:
                var put = requests.Put();
                return (put, async on => await on.Kv.PutAsync(put));
            case 3:
                var delete = requests.Delete();
                return (delete, async on => await on.Kv.DeleteRangeAsync(delete));
            case 4 or 5:
                var range = requests.Range();
                return (range, async on => await on.Kv.RangeAsync(range));
            case 6 when random.Next(6) == 0:
                var compaction = requests.Compaction();
                return (compaction, async on => await on.Kv.CompactAsync(compaction));
            case 7 when random.Next(3) == 0:
                var grant = requests.Grant();
                return (grant, async on => await on.Leases.LeaseGrantAsync(grant));
            case 8 when random.Next(6) == 0:
                var revoke = requests.Revoke();
                return (revoke, async on => await on.Leases.LeaseRevokeAsync(revoke));
            default:
                var txn = requests.Txn();
                return (txn, async on => await on.Kv.TxnAsync(txn));
        }
    }

    private static async Task<(string Text, long Revision)> AnswerAsync(
        Func<ServerFixture, Task<IMessage>> send, ServerFixture on)
    {
        try
        {
            var answer = await send(on).BoundAsync();
            var header = (ResponseHeader)answer.Descriptor.FindFieldByName("header").Accessor.GetValue(answer);
            MakeAnonymous(header);
            return (answer.ToString()!, header.Revision);
        }
        catch (RpcException e)
        {
            return (e.Status.ToString(), 0);
        }
    }

    /// <summary>Everything that a watch can still see, with what was before, is the same too.</summary>
    private async Task AssertSameHistoryAsync(int seed)
    {
        var now = (await Etcd.Kv.RangeAsync(new RangeRequest { Key = ByteString.CopyFromUtf8("k0") })).Header.Revision;
        var from = await FirstReadableAsync(now);
        Assert.True(from < now, $"seed {seed}: nothing to watch");
        Assert.Equal(await HistoryAsync(Etcd, from + 1, now), await HistoryAsync(Embedded, from + 1, now));
    }

    private async Task<long> FirstReadableAsync(long now)
    {
        for (var revision = now; revision > 1; revision--)
        {
            var at = new RangeRequest { Key = ByteString.CopyFromUtf8("k0"), Revision = revision - 1 };
            var (text, _) = await AnswerAsync(async on => await on.Kv.RangeAsync(at), Etcd);
            if (text.Contains("compacted", StringComparison.Ordinal))
            {
                return revision;
            }
        }

        return 1;
    }

    private static async Task<List<string>> HistoryAsync(ServerFixture on, long from, long to)
    {
        using var call = on.Watches.Watch();
        await call.RequestStream.WriteAsync(new WatchRequest
        {
            CreateRequest = new WatchCreateRequest
            {
                Key = ByteString.CopyFrom(0), RangeEnd = ByteString.CopyFrom(0), StartRevision = from, PrevKv = true,
            },
        }).BoundAsync();
        var events = new List<string>();
        for (var seen = 0L; seen < to;)
        {
            Assert.True(await call.ResponseStream.MoveNext().BoundAsync());
            var response = call.ResponseStream.Current;
            Assert.False(response.Canceled, response.ToString());
            events.AddRange(response.Events.Select(static change => change.ToString()));
            seen = response.Events.Count > 0 ? response.Events[^1].Kv.ModRevision : seen;
        }

        return events;
    }
}
