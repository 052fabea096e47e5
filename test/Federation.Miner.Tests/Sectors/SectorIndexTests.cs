using Federation.Discovery;
using Federation.Discovery.Mirror;
using Federation.Miner.Sectors;
using Federation.Proto.Records;
using Google.Protobuf;

namespace Federation.Miner.Tests.Sectors;

public sealed class SectorIndexTests
{
    private readonly SectorIndex _index = new(new FederationKeys("t01000"));

    [Fact]
    public void Listed_BeforeSectorsAndJobsHaveBeenRead_IsNotCompleted()
    {
        Assert.False(_index.Listed.IsCompleted);
        ReplaceByNothing<QueueRecord>();
        ReplaceByNothing<SectorRecord>();
        Assert.False(_index.Listed.IsCompleted);

        ReplaceByNothing<JobRecord>();

        Assert.True(_index.Listed.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Seen_SectorThatComesLater_CompletesThenAndAtOnceAfterwards()
    {
        var keys = new FederationKeys("t01000");
        var seen = _index.SeenAsync(7, default);
        Assert.False(seen.IsCompleted);

        _index.Put(new Versioned<SectorRecord>(keys.Sector(7), new SectorRecord { Sector = 7 }, 1, 0, default));

        await seen.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.True(_index.SeenAsync(7, default).IsCompletedSuccessfully);
    }

    private void ReplaceByNothing<T>()
        where T : class, IMessage<T>, new() =>
        _index.Replace(new MirrorEvent<T>.Snapshot(new Dictionary<string, Versioned<T>>(), 1));
}
