using Federation.Proto.Etcd;
using Federation.Proto.Transport;

namespace Federation.Discovery.Etcd;

/// <summary>
/// One server of the store. Streams that live on have a connection of their own, so that a watch nobody reads cannot
/// hold up a request.
/// </summary>
internal sealed class Endpoint : IDisposable
{
    private const int MaxReceiveBytes = 32 * 1024 * 1024;
    private readonly RpcChannel _requests;
    private readonly RpcChannel _streams;

    public Endpoint(Uri address, EtcdStoreOptions options)
    {
        Address = address;
        var channel = new RpcChannelOptions
        {
            Tls = options.Tls,
            ConnectTimeout = options.CallTimeout * 0.6,
            KeepAlivePingDelay = options.PingDelay,
            MaxReceiveMessageBytes = MaxReceiveBytes,
            Counter = options.Counter,
            TimeProvider = options.TimeProvider,
        };
        _requests = new RpcChannel(address, channel);
        _streams = new RpcChannel(address, channel);
        Kv = new KvClient(_requests);
        Leases = new LeaseClient(_requests);
        KeepAlives = new LeaseClient(_streams);
        Watches = new WatchClient(_streams);
    }

    public Uri Address { get; }

    public KvClient Kv { get; }

    public LeaseClient Leases { get; }

    public LeaseClient KeepAlives { get; }

    public WatchClient Watches { get; }

    public void Dispose()
    {
        _requests.Dispose();
        _streams.Dispose();
    }
}
