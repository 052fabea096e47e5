using Federation.Discovery.Tests.Support;
using Federation.Proto.Etcd;
using Federation.Proto.Transport;
using Google.Protobuf;

namespace Federation.Discovery.Tests.Conformance;

/// <summary>Many watches on one stream, as the wire has them: the same answers from etcd and from the embedded
/// store.</summary>
[RequiresEtcd]
public sealed class WatchStreamTests : SideBySide
{
    [StoreFact]
    public async Task Requests_OnOneStream_AreAnsweredTheSame()
    {
        var expected = await TalkAsync(Etcd);
        var actual = await TalkAsync(Embedded);
        var (etcd, embedded) = (string.Join('\n', expected), string.Join('\n', actual));
        Assert.True(etcd == embedded, $"etcd:\n{etcd}\nembedded:\n{embedded}");
        Assert.Contains(expected, static line => line.Contains("compactRevision", StringComparison.Ordinal));
    }

    private static async Task<List<string>> TalkAsync(ServerFixture on)
    {
        using var call = on.Watches.Watch();
        var lines = new List<string>();
        foreach (var (key, value) in (((string, string)[])[("a", "1"), ("b", "1"), ("a", "2"), ("a", "3")]))
        {
            await on.Kv.PutAsync(new PutRequest { Key = Utf8(key), Value = Utf8(value) });
        }

        await on.Kv.DeleteRangeAsync(new DeleteRangeRequest { Key = Utf8("a") });
        await on.Kv.CompactAsync(new CompactionRequest { Revision = 3, Physical = true });
        await AskAsync(call, lines, 2, Create("a", start: 3));
        await AskAsync(call, lines, 2, Create("a", start: 4, id: 7, previous: true));
        await AskAsync(call, lines, 1, Create("b", id: 7));
        await AskAsync(call, lines, 2, Create("a", start: 4, id: 9, filter: WatchCreateRequest.Types.FilterType.Noput));
        await AskAsync(call, lines, 2,
            Create("a", start: 4, id: 10, filter: WatchCreateRequest.Types.FilterType.Nodelete));
        await AskAsync(call, lines, 2, Create("a", start: 2, id: 11));
        await AskAsync(call, lines, 1, Create("z", end: "a"));
        await AskAsync(call, lines, 1, Create("b", id: 12));
        await AskAsync(call, lines, 1, new WatchRequest { CancelRequest = new WatchCancelRequest { WatchId = 7 } });
        await AskAsync(call, lines, 1, new WatchRequest { ProgressRequest = new WatchProgressRequest() });
        await on.Kv.PutAsync(new PutRequest { Key = Utf8("b"), Value = Utf8("2") });
        await ReadAsync(call, lines, 1);
        return lines;
    }

    private static WatchRequest Create(
        string key, string end = "", long start = 0, long id = 0, bool previous = false,
        WatchCreateRequest.Types.FilterType? filter = null)
    {
        var create = new WatchCreateRequest
        {
            Key = Utf8(key), RangeEnd = Utf8(end), StartRevision = start, WatchId = id, PrevKv = previous,
        };
        if (filter is { } wanted)
        {
            create.Filters.Add(wanted);
        }

        return new WatchRequest { CreateRequest = create };
    }

    private static async Task AskAsync(
        DuplexCall<WatchRequest, WatchResponse> call, List<string> lines, int answers, WatchRequest request)
    {
        lines.Add($"> {request}");
        await call.RequestStream.WriteAsync(request).BoundAsync();
        await ReadAsync(call, lines, answers);
    }

    private static async Task ReadAsync(DuplexCall<WatchRequest, WatchResponse> call, List<string> lines, int answers)
    {
        for (var i = 0; i < answers; i++)
        {
            Assert.True(
                await call.ResponseStream.MoveNext().BoundAsync(), string.Join('\n', lines));
            var response = call.ResponseStream.Current.Clone();
            MakeAnonymous(response.Header);
            lines.Add(response.ToString());
        }
    }

    private static ByteString Utf8(string text) => ByteString.CopyFromUtf8(text);
}
