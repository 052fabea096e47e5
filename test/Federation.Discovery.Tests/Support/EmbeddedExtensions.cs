using Federation.Discovery.Embedded;
using Federation.Proto.Etcd;
using Google.Protobuf;

namespace Federation.Discovery.Tests.Support;

internal static class EmbeddedExtensions
{
    public static ByteString Utf8(string text) => ByteString.CopyFromUtf8(text);

    public static ByteString AllKeys { get; } = ByteString.CopyFrom(0);

    public static Task<PutResponse> PutAsync(this EmbeddedStore store, string key, string value, long lease = 0) =>
        store.PutAsync(new PutRequest { Key = Utf8(key), Value = Utf8(value), Lease = lease }).BoundAsync();

    public static Task<DeleteRangeResponse> DeleteAsync(this EmbeddedStore store, string key) =>
        store.DeleteRangeAsync(new DeleteRangeRequest { Key = Utf8(key) }).BoundAsync();

    public static async Task<string?> GetAsync(this EmbeddedStore store, string key, long revision = 0)
    {
        var range = await store.RangeAsync(new RangeRequest { Key = Utf8(key), Revision = revision }).BoundAsync();
        return range.Kvs.SingleOrDefault()?.Value.ToStringUtf8();
    }

    /// <summary>Every key with everything that belongs to it.</summary>
    public static async Task<RangeResponse> AllAsync(this EmbeddedStore store, long revision = 0) =>
        await store.RangeAsync(new RangeRequest { Key = AllKeys, RangeEnd = AllKeys, Revision = revision })
            .BoundAsync();

    /// <summary>What a watch from a revision on is told up to now.</summary>
    public static async Task<IReadOnlyList<Event>> HistoryAsync(this EmbeddedStore store, long from)
    {
        using var stream = store.OpenWatchStream();
        using var limit = new CancellationTokenSource(Wait.Limit);
        stream.Take(new WatchRequest
        {
            CreateRequest = new WatchCreateRequest { Key = AllKeys, RangeEnd = AllKeys, StartRevision = from },
        });
        stream.Take(new WatchRequest { ProgressRequest = new WatchProgressRequest() });
        var events = new List<Event>();
        while (true)
        {
            var response = await stream.NextAsync(limit.Token);
            Assert.False(response.Canceled, $"compacted at {response.CompactRevision}");
            events.AddRange(response.Events);
            if (response.WatchId < 0)
            {
                return events;
            }
        }
    }
}
