using Federation.Proofs.Graph;

namespace Federation.Proofs.Labels;

/// <summary>
/// Sectors that share a vector's lanes, and two interleaved layers of all of them in memory. Not thread-safe; groups
/// are independent of each other.
/// </summary>
internal sealed unsafe class LaneGroup : IDisposable
{
    private readonly SectorShape _shape;
    private readonly LaneSector[] _sectors;
    private readonly LaneHasher _hasher;
    private readonly NativeBuffer _apart;

    // The layer whose labels a lane has in the buffer for the layer before; 0 for none.
    private readonly int[] _loaded;
    private NativeBuffer _current, _previous;

    /// <param name="shape">Shape of all sectors.</param>
    /// <param name="sectors">At most as many as there are lanes.</param>
    /// <param name="lanes">Lanes.</param>
    /// <param name="windowNodes">Most nodes that are hashed by one call.</param>
    /// <param name="allocate">Gives memory for a layer of all lanes.</param>
    public LaneGroup(
        SectorShape shape, LaneSector[] sectors, int lanes, int windowNodes, Func<long, NativeBuffer> allocate)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sectors.Length, lanes, nameof(sectors));
        _shape = shape;
        _sectors = sectors;
        _loaded = new int[sectors.Length];
        _hasher = LaneHasher.Create(lanes);
        _apart = new NativeBuffer((long)windowNodes * _hasher.NodeBytes);
        _current = allocate(shape.Nodes * _hasher.NodeBytes);
        try
        {
            _previous = allocate(shape.Nodes * _hasher.NodeBytes);
        }
        catch (IOException)
        {
            _current.Dispose();
            throw;
        }
    }

    /// <summary>A sector is still in.</summary>
    public bool IsAlive => Array.Exists(_sectors, sector => sector.IsIn);

    /// <summary>
    /// Begins a layer for the sectors that have it not yet; false when all have it. Reads the layer before where it is
    /// not in memory.
    /// </summary>
    public bool Open(int layer, CancellationToken cancellationToken)
    {
        foreach (var one in _sectors)
        {
            one.Try(
                (sector, either) =>
                {
                    if (!LayerCheck.IsMarked(_shape, sector.ReplicaId, sector.Folder, layer, null, either))
                    {
                        sector.Begin(layer);
                    }
                },
                cancellationToken);
        }

        if (!Array.Exists(_sectors, sector => sector.Output is not null))
        {
            return false;
        }

        Load(layer - 1, cancellationToken);
        _hasher.Open(_sectors.Select(sector => sector.ReplicaId).ToArray(), layer);
        return true;
    }

    /// <summary>Labels consecutive nodes and appends them to the files.</summary>
    public void Hash(int layer, long first, int count, NativeBuffer rows)
    {
        _hasher.Hash(first, count, rows, _current, layer == 1 ? null : _previous);
        LaneOrder.TakeApart(
            (uint*)(_current.Pointer + (first * _hasher.NodeBytes)), _hasher.Lanes, count, _apart.Pointer);
        var size = count * SectorShape.NodeSize;
        for (var lane = 0; lane < _sectors.Length; lane++)
        {
            _sectors[lane].Try(sector => sector.Output?.Append(_apart.Span((long)lane * size, size)));
        }
    }

    /// <summary>
    /// Reads a byte of what the nodes' expander parents occupy, so that pages which lie on the disk come before the
    /// hashing thread would wait for them. Touches no other state; safe beside it.
    /// </summary>
    public void Touch(ReadOnlySpan<uint> rows)
    {
        var labels = _previous.Pointer;
        for (; rows.Length >= SdrGraph.Degree; rows = rows[SdrGraph.Degree..])
        {
            foreach (var parent in rows.Slice(SdrGraph.BaseDegree, SdrGraph.ExpansionDegree))
            {
                Volatile.Read(ref labels[parent * (long)_hasher.NodeBytes]);
            }
        }
    }

    /// <summary>Ends a layer: files that are whole count from here on.</summary>
    public void Close(int layer, CancellationToken cancellationToken)
    {
        for (var lane = 0; lane < _sectors.Length; lane++)
        {
            _sectors[lane].Try((sector, either) => sector.Output?.Complete(either), cancellationToken);
            _loaded[lane] = _loaded[lane] == layer - 1 ? layer : 0;
        }

        CloseOutputs();
        (_previous, _current) = (_current, _previous);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CloseOutputs();
        _hasher.Dispose();
        _apart.Dispose();
        _current.Dispose();
        _previous.Dispose();
    }

    /// <summary>
    /// Reads the layer for those sectors that go on from it and do not have it in memory. Who has the layer above needs
    /// it not, and may have lost it.
    /// </summary>
    private void Load(int layer, CancellationToken cancellationToken)
    {
        for (var lane = 0; lane < _sectors.Length; lane++)
        {
            if (_sectors[lane].Output is not null && _loaded[lane] != layer)
            {
                _sectors[lane].Try(
                    (sector, either) => LayerCheck.Read(_shape, sector.Folder, layer, Interleave, either),
                    cancellationToken);
                _loaded[lane] = layer;
            }

            void Interleave(long position, ReadOnlySpan<byte> labels) => LaneOrder.Interleave(
                labels, (uint*)(_previous.Pointer + (position * _hasher.Lanes)), _hasher.Lanes, lane);
        }
    }

    private void CloseOutputs() => Array.ForEach(_sectors, sector => sector.Dispose());
}
