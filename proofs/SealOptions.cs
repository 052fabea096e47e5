namespace Federation.Proofs;

/// <summary>Resources that a phase may use.</summary>
public sealed record SealOptions
{
    /// <summary>The least memory that any phase works with.</summary>
    public const long MinimumMemoryBytes = 32L << 20;

    private readonly long _memoryBytes = 1L << 30;
    private readonly int _threads = Environment.ProcessorCount;

    /// <summary>
    /// Bytes that buffers may take; default 1 GiB, at least 32 MiB. Pages of files, which the system can take
    /// back at any time, do not count.
    /// </summary>
    public long MemoryBytes
    {
        get => _memoryBytes;
        init => _memoryBytes = value >= MinimumMemoryBytes
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "a phase needs at least 32 MiB of memory");
    }

    /// <summary>Threads that compute at the same time; default the number of processors, at least 1.</summary>
    public int Threads
    {
        get => _threads;
        init => _threads = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "a phase needs at least one thread");
    }

    /// <summary>
    /// Folder of the parent cache files that processes share; null: parents are computed as they are needed.
    /// </summary>
    public string? ParentCacheDirectory { get; init; }

    /// <summary>
    /// Compare a parent cache file's whole digest each time it is opened (56 GiB at 32 GiB sectors: half a minute or
    /// more), and compute the digest where Filecoin published none; default false, as Filecoin's
    /// FIL_PROOFS_VERIFY_CACHE: a published digest is compared once a process, and when the file has changed.
    /// </summary>
    public bool VerifyParentCache { get; init; }

    /// <summary>
    /// Ask for huge pages behind whole layers in memory; default true. The system's own setting has the last word
    /// (<c>/sys/kernel/mm/transparent_hugepage/enabled</c>).
    /// </summary>
    public bool HugePages { get; init; } = true;

    /// <summary>
    /// Where two layers take more than the memory, keep them in mapped files beside the layers' own, if the system has
    /// room for their pages: several times faster, but the pages stand in the process' resident memory until the system
    /// wants them back. Default false: resident memory stays within the setting.
    /// </summary>
    public bool MapLayers { get; init; }

    /// <summary>
    /// Folder for the layers of sectors that are labelled in lanes, when they take more than the memory; null: such a
    /// batch is refused. It should be on a fast local disk, with room for two layers of each lane.
    /// </summary>
    public string? LaneScratchDirectory { get; init; }
}
