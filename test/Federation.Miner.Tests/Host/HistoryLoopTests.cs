using Federation.Discovery;
using Federation.Discovery.Store;
using Federation.Discovery.Testing;
using Federation.Miner.Host;
using Microsoft.Extensions.Logging.Abstractions;

namespace Federation.Miner.Tests.Host;

public sealed class HistoryLoopTests
{
    private readonly ManualTimeProvider _time = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Step_HistoryOlderThanKept_IsCompactedByTheActingMinerOnly(bool isActing)
    {
        var keys = new FederationKeys("t01000");
        var store = new InMemoryStore(_time);
        var loop = new HistoryLoop(
            store, keys, TimeSpan.FromHours(1), () => isActing, _time, NullLogger<HistoryLoop>.Instance);
        await PutAsync(store, "a");
        await loop.StepAsync(default);
        var marked = store.Revision;
        await PutAsync(store, "b");
        _time.Advance(TimeSpan.FromMinutes(30));
        await loop.StepAsync(default);
        Assert.True(await IsThereAsync(store, marked - 1));
        _time.Advance(TimeSpan.FromMinutes(31));
        await loop.StepAsync(default);
        Assert.Equal(!isActing, await IsThereAsync(store, marked - 1));
        Assert.True(await IsThereAsync(store, marked));
    }

    private static async Task PutAsync(InMemoryStore store, string value) =>
        await store.TxnAsync(new StoreTxn(
            [], [new PutOp("/federation/t01000/x", System.Text.Encoding.ASCII.GetBytes(value))], []), default);

    private static async Task<bool> IsThereAsync(InMemoryStore store, long revision)
    {
        try
        {
            await store.RangeAsync(new RangeQuery("/federation/", true, revision), default);
            return true;
        }
        catch (CompactedException)
        {
            return false;
        }
    }
}
