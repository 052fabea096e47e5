using Federation.Discovery.Store;
using Federation.Proto.Etcd;
using Federation.Proto.Transport;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Federation.Discovery.Etcd;

/// <summary>
/// The store on etcd's v3 API, of etcd itself or of the embedded store, over several endpoints. Reads go to the next
/// endpoint when one fails; a write whose outcome is unknown is never sent again. Thread-safe.
/// </summary>
public sealed partial class EtcdStore : IStore, IAsyncDisposable
{
    private const int MaxSnapshotAttempts = 20;
    private readonly EtcdStoreOptions _options;
    private readonly ILogger _logger;
    private readonly EndpointPool _pool;

    /// <summary>Creates a client; it connects when first used.</summary>
    /// <param name="endpoints">Addresses as host:port or URL.</param>
    /// <param name="options">Time limits and TLS.</param>
    /// <param name="logger">Where failures of endpoints go.</param>
    /// <exception cref="NoEndpointsException">There are none, or one cannot be read.</exception>
    public EtcdStore(
        IReadOnlyList<string> endpoints, EtcdStoreOptions? options = null, ILogger<EtcdStore>? logger = null)
    {
        _options = options ?? new EtcdStoreOptions();
        _logger = logger ?? NullLogger<EtcdStore>.Instance;
        _pool = new EndpointPool(Parse(endpoints, _options), _options);
    }

    /// <summary>Creates a client and waits for a first answer.</summary>
    /// <exception cref="NoEndpointsException">
    /// None answered within <see cref="EtcdStoreOptions.StartTimeout"/>.
    /// </exception>
    public static async Task<EtcdStore> ConnectAsync(
        IReadOnlyList<string> endpoints,
        EtcdStoreOptions? options = null,
        ILogger<EtcdStore>? logger = null,
        CancellationToken cancellationToken = default)
    {
        var store = new EtcdStore(endpoints, options, logger);
        try
        {
            await store.RequireAnswerAsync(cancellationToken);
            return store;
        }
        catch (Exception)
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<RangeSnapshot> RangeAsync(RangeQuery query, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ReadPagesAsync(query, cancellationToken);
            }
            catch (CompactedException) when (query.Revision == 0 && attempt < MaxSnapshotAttempts)
            {
                // Compacted between two pages: the caller asked for no revision, so a newer one will do.
                continue;
            }
        }
    }

    /// <inheritdoc/>
    public async Task<TxnOutcome> TxnAsync(StoreTxn txn, CancellationToken cancellationToken)
    {
        var request = EtcdMessages.Txn(txn);
        using var limit = new CancellationTokenSource(_options.RetryTimeout, _options.TimeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        while (true)
        {
            var endpoint = await PickAsync(both.Token, cancellationToken);
            try
            {
                var response = await endpoint.Kv.TxnAsync(request, Options(cancellationToken));
                _pool.Answered(endpoint);
                return EtcdMessages.Outcome(response);
            }
            catch (RpcException e)
            {
                switch (Note(endpoint, e))
                {
                    case FailureKind.Refused:
                        throw Refusal(e, 0, LeaseOf(txn));
                    case FailureKind.Unknown:
                        throw new OutcomeUnknownException(
                            $"The store at {endpoint.Address} did not say what became of a transaction: {e.Message}",
                            e);
                    default:
                        continue;
                }
            }
        }
    }

    /// <inheritdoc/>
    public async Task CompactAsync(long revision, CancellationToken cancellationToken)
    {
        try
        {
            var request = new CompactionRequest { Revision = revision };
            await RepeatAsync(
                (endpoint, options) => endpoint.Kv.CompactAsync(request, options), revision, cancellationToken);
        }
        catch (CompactedException)
        {
            // That is what was wanted.
            return;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _pool.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<RangeSnapshot> ReadPagesAsync(RangeQuery query, CancellationToken cancellationToken)
    {
        var (key, end) = EtcdMessages.Range(query.Key, query.IsPrefix);
        var request = new RangeRequest
        {
            Key = key,
            RangeEnd = end,
            Revision = query.Revision,
            KeysOnly = query.KeysOnly,
            Limit = query.IsPrefix ? _options.PageSize : 0,
        };
        var entries = new List<StoreEntry>();
        while (true)
        {
            var page = await RepeatAsync(
                (endpoint, options) => endpoint.Kv.RangeAsync(request, options), request.Revision, cancellationToken);
            entries.AddRange(page.Kvs.Select(EtcdMessages.Entry));
            request.Revision = request.Revision > 0 ? request.Revision : page.Header.Revision;
            if (!page.More || page.Kvs.Count == 0)
            {
                return new RangeSnapshot(entries, request.Revision);
            }

            request.Key = ByteString.CopyFrom([.. page.Kvs[^1].Key.Span, 0]);
        }
    }

    private static List<Uri> Parse(IReadOnlyList<string> endpoints, EtcdStoreOptions options)
    {
        var addresses = new List<Uri>();
        var scheme = options.Tls is null ? Uri.UriSchemeHttp : Uri.UriSchemeHttps;
        foreach (var text in endpoints)
        {
            if (!EndpointAddress.TryParse(text, options.Tls is not null, out var address))
            {
                throw new NoEndpointsException(
                    $"[SealAgent] EtcdAddrs has '{text}': write host:port, or {scheme}://host:port.");
            }

            addresses.Add(address);
        }

        return addresses.Count > 0
            ? addresses
            : throw new NoEndpointsException(
                "[SealAgent] EtcdAddrs is empty: name the store, e.g. [\"127.0.0.1:2379\"].");
    }

    private async Task RequireAnswerAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_options.StartTimeout, _options.TimeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var reason = "no answer";
        while (true)
        {
            try
            {
                var endpoint = await _pool.PickAsync(both.Token);
                try
                {
                    var request = new RangeRequest { Key = EtcdMessages.Key("health") };
                    await endpoint.Kv.RangeAsync(request, Options(both.Token));
                    _pool.Answered(endpoint);
                    return;
                }
                catch (RpcException e)
                {
                    reason = e.Status.Detail;
                    Note(endpoint, e);
                    _pool.Failed(endpoint);
                }
            }
            catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
            {
                throw new NoEndpointsException(
                    $"No store answered at {string.Join(", ", _pool.Addresses.Select(static a => a.Authority))} within "
                    + $"{_options.StartTimeout.TotalSeconds:0.#} s ({reason.TrimEnd('.')}): check [SealAgent] "
                    + "EtcdAddrs, the network and that the store runs.",
                    e);
            }
        }
    }

    /// <summary>Sends a request that may be sent again, until an endpoint answers or the time is over.</summary>
    private async Task<T> RepeatAsync<T>(
        Func<Endpoint, CallOptions, UnaryCall<T>> call, long revision, CancellationToken cancellationToken)
        where T : class, IMessage<T>
    {
        using var limit = new CancellationTokenSource(_options.RetryTimeout, _options.TimeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        while (true)
        {
            var endpoint = await PickAsync(both.Token, cancellationToken);
            try
            {
                var response = await call(endpoint, Options(cancellationToken));
                _pool.Answered(endpoint);
                return response;
            }
            catch (RpcException e)
            {
                if (Note(endpoint, e) == FailureKind.Refused)
                {
                    throw Refusal(e, revision, 0);
                }
            }
        }
    }

    private async Task<Endpoint> PickAsync(CancellationToken limited, CancellationToken caller)
    {
        try
        {
            return await _pool.PickAsync(limited);
        }
        catch (OperationCanceledException e) when (!caller.IsCancellationRequested)
        {
            throw new StoreUnavailableException(
                $"No store answered at {string.Join(", ", _pool.Addresses.Select(static a => a.Authority))}.", e);
        }
    }

    private static long LeaseOf(StoreTxn txn) =>
        txn.Then.Concat(txn.Else).OfType<PutOp>().Max(static put => (long?)put.LeaseId) ?? 0;

    private CallOptions Options(CancellationToken cancellationToken) =>
        new(Timeout: _options.CallTimeout, CancellationToken: cancellationToken);

    /// <summary>What a failure means; an endpoint that did not answer rests.</summary>
    private FailureKind Note(Endpoint endpoint, RpcException failure)
    {
        var kind = Failure.Classify(failure);
        if (kind == FailureKind.Refused)
        {
            _pool.Answered(endpoint);
            return kind;
        }

        NoteFailure(endpoint, failure.Message);
        return kind;
    }

    private void NoteFailure(Endpoint endpoint, string reason)
    {
        _pool.Failed(endpoint);
        if (_pool.IsNews(endpoint))
        {
            EtcdStoreLog.EndpointFailed(_logger, endpoint.Address, reason.TrimEnd('.'));
        }
    }

    private static Exception Refusal(RpcException e, long revision, long lease) => e.StatusCode switch
    {
        StatusCode.OutOfRange when e.Status.Detail.Contains("compacted", StringComparison.Ordinal) =>
            new CompactedException(revision + 1),
        StatusCode.NotFound when e.Status.Detail.Contains("lease not found", StringComparison.Ordinal) =>
            new LeaseNotFoundException(lease),
        StatusCode.InvalidArgument or StatusCode.OutOfRange => new ArgumentException(e.Status.Detail, e),
        _ => new StoreUnavailableException($"The store refused the request: {e.Message}", e),
    };
}
