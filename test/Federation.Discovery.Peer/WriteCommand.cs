using System.Globalization;
using Federation.Discovery.Embedded;
using Federation.Proto.Etcd;
using Google.Protobuf;

namespace Federation.Discovery.Peer;

/// <summary>
/// Writes to a store of its own until it is killed: several writers, each counting up in its own key, and each
/// acknowledged count printed after its acknowledgement.
/// </summary>
internal static class WriteCommand
{
    private const int Writers = 8;
    private const long SnapshotBytes = 16 * 1024;

    public static async Task<int> RunAsync(string folder)
    {
        await using var store =
            await EmbeddedStore.OpenAsync(folder, new EmbeddedStoreOptions { SnapshotLogBytes = SnapshotBytes });
        using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        var turn = new SemaphoreSlim(1);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => WriteAsync(store, writer, output, turn)));
        return 0;
    }

    private static async Task WriteAsync(EmbeddedStore store, int writer, StreamWriter output, SemaphoreSlim turn)
    {
        var key = ByteString.CopyFromUtf8($"writer{writer}");
        var present = await store.RangeAsync(new RangeRequest { Key = key });
        var first = present.Kvs.Count == 0 ? 1
            : long.Parse(present.Kvs[0].Value.ToStringUtf8(), CultureInfo.InvariantCulture) + 1;
        for (var count = first; ; count++)
        {
            var value = ByteString.CopyFromUtf8(count.ToString(CultureInfo.InvariantCulture));
            var put = await store.PutAsync(new PutRequest { Key = key, Value = value });
            await turn.WaitAsync();
            await output.WriteLineAsync($"{writer} {count}");
            turn.Release();
            if (writer == 0 && count % 50 == 0)
            {
                await store.CompactAsync(new CompactionRequest { Revision = put.Header.Revision - 10 });
            }
        }
    }
}
