using Federation.Discovery.Etcd;
using Federation.Discovery.Store;
using Federation.Proto.Etcd;
using Federation.Proto.Transport;

namespace Federation.Discovery.Tests.Support;

/// <summary>A backend that is reached over the wire.</summary>
public abstract class ServerFixture : StoreFixture
{
    private EtcdStore? _store;
    private RpcChannel? _channel;

    public override IStore Store => _store!;

    /// <summary>host:port.</summary>
    public abstract string Address { get; }

    /// <summary>The wire's own view, for what the store's interface leaves out.</summary>
    public KvClient Kv { get; private set; } = null!;

    public LeaseClient Leases { get; private set; } = null!;

    public WatchClient Watches { get; private set; } = null!;

    public abstract Task RestartAsync();

    /// <summary>
    /// A client of its own, through a proxy for instance. Where no test waits for it to lose patience, it has as much
    /// as a busy machine's disk may ask for.
    /// </summary>
    public static Task<EtcdStore> ConnectAsync(params string[] addresses) => EtcdStore.ConnectAsync(
        addresses,
        new EtcdStoreOptions
        {
            CallTimeout = TimeSpan.FromSeconds(15),
            RetryTimeout = TimeSpan.FromSeconds(25),
            StartTimeout = TimeSpan.FromSeconds(25),
        }).BoundAsync();

    public override async Task InitializeAsync()
    {
        _store = await ConnectAsync(Address);
        _channel = new RpcChannel("http://" + Address);
        (Kv, Leases, Watches) = (new KvClient(_channel), new LeaseClient(_channel), new WatchClient(_channel));
    }

    public override async Task DisposeAsync()
    {
        _channel?.Dispose();
        if (_store is { } store)
        {
            await store.DisposeAsync();
        }
    }
}
