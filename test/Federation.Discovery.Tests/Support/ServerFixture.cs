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

    /// <summary>Restarts the server. From then on no client meets the end of its old connection, upon which a write
    /// would not know what became of it.</summary>
    public async Task RestartAsync()
    {
        await RestartServerAsync();
        await Store.RangeAsync(new RangeQuery("restarted"), CancellationToken.None).BoundAsync();
        await Eventually.TrueAsync(AnswersOnTheWireAsync);
    }

    /// <summary>
    /// A client of its own, through a proxy for instance. Where no test waits for it to lose patience, it has as much
    /// as a busy machine's disk may ask for.
    /// </summary>
    public static Task<EtcdStore> ConnectAsync(params string[] addresses) =>
        ConnectAsync(TimeProvider.System, addresses);

    /// <summary>The same, by another clock.</summary>
    public static Task<EtcdStore> ConnectAsync(TimeProvider time, params string[] addresses) => EtcdStore.ConnectAsync(
        addresses,
        new EtcdStoreOptions
        {
            CallTimeout = TimeSpan.FromSeconds(60),
            RetryTimeout = TimeSpan.FromSeconds(90),
            StartTimeout = TimeSpan.FromSeconds(90),
            TimeProvider = time,
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

    protected abstract Task RestartServerAsync();

    private async Task<bool> AnswersOnTheWireAsync()
    {
        try
        {
            await Kv.RangeAsync(new RangeRequest { Key = Google.Protobuf.ByteString.CopyFromUtf8("restarted") });
            return true;
        }
        catch (RpcException)
        {
            return false;
        }
    }
}
