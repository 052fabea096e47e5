namespace Federation.Discovery.Etcd;

/// <summary>
/// Which endpoint to ask. One is preferred until it fails; one that failed rests, 50 ms at first and up to 5 s, and is
/// then tried again. Thread-safe.
/// </summary>
internal sealed class EndpointPool : IDisposable
{
    private static readonly TimeSpan SaidEvery = TimeSpan.FromSeconds(30);
    private readonly Lock _lock = new();
    private readonly Health[] _endpoints;
    private readonly TimeProvider _time;
    private int _preferred;

    public EndpointPool(IReadOnlyList<Uri> addresses, EtcdStoreOptions options)
    {
        _time = options.TimeProvider;
        _endpoints = [.. addresses.Select(address => new Health(new Endpoint(address, options), new Backoff(_time)))];
        // Clients spread over the members; none of them knows of the others.
        _preferred = Random.Shared.Next(_endpoints.Length);
    }

    public IEnumerable<Uri> Addresses => _endpoints.Select(static health => health.Endpoint.Address);

    public int Count => _endpoints.Length;

    /// <summary>The endpoint to ask, and how long it still rests: more than zero only when all do.</summary>
    public (Endpoint Endpoint, TimeSpan Wait) Pick()
    {
        lock (_lock)
        {
            var now = _time.GetTimestamp();
            var health = InOrder().FirstOrDefault(health => health.RestsUntil <= now)
                ?? _endpoints.MinBy(static health => health.RestsUntil)!;
            var rests = health.RestsUntil > now;
            return (health.Endpoint, rests ? _time.GetElapsedTime(now, health.RestsUntil) : TimeSpan.Zero);
        }
    }

    /// <summary>Waits for the endpoint that may be asked next.</summary>
    public async Task<Endpoint> PickAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (endpoint, wait) = Pick();
            if (wait == TimeSpan.Zero)
            {
                return endpoint;
            }

            // A timer may fire a little early by the other clock.
            await Task.Delay(wait + TimeSpan.FromMilliseconds(1), _time, cancellationToken);
        }
    }

    /// <summary>It answered.</summary>
    public void Answered(Endpoint endpoint)
    {
        lock (_lock)
        {
            var index = IndexOf(endpoint);
            _endpoints[index].Backoff.Reset();
            _endpoints[index].RestsUntil = 0;
            _endpoints[index].Said = null;
        }
    }

    /// <summary>It did not answer, or not in time: others are preferred.</summary>
    public void Failed(Endpoint endpoint)
    {
        lock (_lock)
        {
            var index = IndexOf(endpoint);
            var rest = _endpoints[index].Backoff.Next();
            _endpoints[index].RestsUntil = _time.GetTimestamp() + (long)(rest.TotalSeconds * _time.TimestampFrequency);
            if (_preferred == index)
            {
                _preferred = (index + 1) % _endpoints.Length;
            }
        }
    }

    /// <summary>
    /// Whether a failure is worth a line in the log: the first since the endpoint answered, and then one every 30 s.
    /// </summary>
    public bool IsNews(Endpoint endpoint)
    {
        lock (_lock)
        {
            var health = _endpoints[IndexOf(endpoint)];
            var isNews = health.Said is not { } said || _time.GetElapsedTime(said) >= SaidEvery;
            health.Said = isNews ? _time.GetTimestamp() : health.Said;
            return isNews;
        }
    }

    public void Dispose() => Array.ForEach(_endpoints, static health => health.Endpoint.Dispose());

    private IEnumerable<Health> InOrder() => _endpoints[_preferred..].Concat(_endpoints[.._preferred]);

    private int IndexOf(Endpoint endpoint) => Array.FindIndex(_endpoints, health => health.Endpoint == endpoint);

    private sealed class Health(Endpoint endpoint, Backoff backoff)
    {
        public Endpoint Endpoint { get; } = endpoint;

        public Backoff Backoff { get; } = backoff;

        public long RestsUntil { get; set; }

        public long? Said { get; set; }
    }
}
