
namespace Federation.Proofs.Labels;

/// <summary>
/// Labels that are prepared ahead, in a ring between the thread that gathers and the thread that hashes: which nodes
/// are prepared, which are hashed, and how each side waits for the other. Waiting spins for some microseconds and then
/// sleeps until it is woken or a millisecond has passed, so that neither side burns a processor that others want.
/// One thread on each side.
/// </summary>
internal sealed unsafe class LabelRing : IDisposable
{
    /// <summary>Labels in the ring, a power of two: 2.8 ms of hashing in 2 MiB, longer than most pauses.</summary>
    public const int Slots = 4096;

    /// <summary>Bytes that a ring takes.</summary>
    public const long Bytes = ((long)Slots * LabelSlot.Size) + CounterBytes;

    // Each counter is alone in two cache lines, which the prefetcher takes together.
    private const int CounterBytes = 512, PreparedAt = 0, HashedAt = 128, GathererWaitsAt = 256, HasherWaitsAt = 384;
    private const int Spins = 200, SpinLength = 8, WakeAtRoom = Slots / 2;

    private static readonly TimeSpan LongestSleep = TimeSpan.FromMilliseconds(1);

    private readonly NativeBuffer _memory = new(Bytes);
    private readonly AutoResetEvent _roomIsThere = new(false), _labelIsThere = new(false);
    private volatile bool _closed;

    /// <summary>Nodes before this one are hashed, and their labels in memory.</summary>
    public long Hashed => Volatile.Read(ref Counter(HashedAt));

    /// <summary>Nodes before this one are prepared or hashed.</summary>
    public long Prepared => Volatile.Read(ref Counter(PreparedAt));

    /// <summary>The slot of a node.</summary>
    public LabelSlot* SlotOf(long node) =>
        (LabelSlot*)(_memory.Pointer + CounterBytes) + (node & (Slots - 1));

    /// <summary>Empties the ring before a layer; while neither side runs.</summary>
    public void Open(long firstNode)
    {
        _memory.Span(0, CounterBytes).Clear();
        Counter(PreparedAt) = firstNode;
        Counter(HashedAt) = firstNode;
        _closed = false;
    }

    /// <summary>Lets both sides end.</summary>
    public void Close()
    {
        _closed = true;
        _roomIsThere.Set();
        _labelIsThere.Set();
    }

    /// <summary>Tells the hasher that nodes before this one are prepared.</summary>
    public void SetPrepared(long node)
    {
        Volatile.Write(ref Counter(PreparedAt), node);
        if (Volatile.Read(ref Counter(HasherWaitsAt)) != 0)
        {
            Volatile.Write(ref Counter(HasherWaitsAt), 0);
            _labelIsThere.Set();
        }
    }

    /// <summary>Tells the gatherer that nodes before this one are hashed.</summary>
    public void SetHashed(long node)
    {
        Volatile.Write(ref Counter(HashedAt), node);
        if (Volatile.Read(ref Counter(GathererWaitsAt)) != 0 && Slots - (Prepared - node) >= WakeAtRoom)
        {
            Volatile.Write(ref Counter(GathererWaitsAt), 0);
            _roomIsThere.Set();
        }
    }

    /// <summary>Waits until the ring has room for a node; false when it was closed.</summary>
    public bool WaitForRoom(long node) => Wait(HashedAt, node - Slots + 1, GathererWaitsAt, _roomIsThere);

    /// <summary>Waits until a node is prepared; false when the ring was closed before.</summary>
    public bool WaitForLabel(long node) => Wait(PreparedAt, node + 1, HasherWaitsAt, _labelIsThere);

    /// <inheritdoc/>
    public void Dispose()
    {
        _memory.Dispose();
        _roomIsThere.Dispose();
        _labelIsThere.Dispose();
    }

    private bool Wait(int counter, long least, int waits, AutoResetEvent wake)
    {
        for (var i = 0; i < Spins; i++)
        {
            if (Volatile.Read(ref Counter(counter)) >= least)
            {
                return true;
            }

            Thread.SpinWait(SpinLength);
        }

        while (Volatile.Read(ref Counter(counter)) < least && !_closed)
        {
            // The other side takes the flag away when it wakes us. A wake-up that is lost because flag and counter are
            // seen in different orders costs the millisecond at most.
            Interlocked.Exchange(ref Counter(waits), 1);
            if (Volatile.Read(ref Counter(counter)) < least && !_closed)
            {
                wake.WaitOne(LongestSleep);
            }
        }

        Volatile.Write(ref Counter(waits), 0);
        return Volatile.Read(ref Counter(counter)) >= least;
    }

    private ref long Counter(int offset) => ref *(long*)(_memory.Pointer + offset);
}
