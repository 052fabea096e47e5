using Federation.Discovery.Tests.Support;
using Federation.Proto.Etcd;

namespace Federation.Discovery.Tests.Conformance;

/// <summary>A fresh etcd and a fresh embedded store, to be asked the same.</summary>
public abstract class SideBySide : IAsyncLifetime
{
    protected EtcdFixture Etcd { get; } = new();

    protected EmbeddedFixture Embedded { get; } = new();

    public async Task InitializeAsync()
    {
        await Etcd.InitializeAsync();
        await Embedded.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await Etcd.DisposeAsync();
        await Embedded.DisposeAsync();
    }

    /// <summary>Takes away who answered, which is the one thing that may differ.</summary>
    protected static void MakeAnonymous(ResponseHeader header) =>
        (header.ClusterId, header.MemberId, header.RaftTerm) = (0, 0, 0);
}
