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

    private void ReplaceByNothing<T>()
        where T : class, IMessage<T>, new() =>
        _index.Replace(new MirrorEvent<T>.Snapshot(new Dictionary<string, Versioned<T>>(), 1));
}
