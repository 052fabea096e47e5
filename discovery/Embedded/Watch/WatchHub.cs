namespace Federation.Discovery.Embedded.Watch;

/// <summary>Wakes the open watch streams when there is something new to tell. Thread-safe.</summary>
internal sealed class WatchHub(EmbeddedStore store, TimeProvider time, TimeSpan progressInterval)
{
    private readonly Lock _lock = new();
    private readonly HashSet<WatchStream> _streams = [];

    public WatchStream Open()
    {
        var stream = new WatchStream(store, time, progressInterval, Close);
        lock (_lock)
        {
            _streams.Add(stream);
        }

        return stream;
    }

    public void Signal()
    {
        lock (_lock)
        {
            foreach (var stream in _streams)
            {
                stream.Signal();
            }
        }
    }

    private void Close(WatchStream stream)
    {
        lock (_lock)
        {
            _streams.Remove(stream);
        }
    }
}
