using Federation.Proofs.Graph;
using Federation.Proofs.Labels;

namespace Federation.Proofs.PreCommit1;

/// <summary>
/// PC1 of several sectors of one graph in lockstep: each one's files and output are as <see cref="PreCommit1Phase"/>
/// leaves them, in a fraction of the work that they would cost one after the other. It can be taken up again by either,
/// whatever made the layers that are there.
/// </summary>
public static class PreCommit1LanesPhase
{
    /// <summary>Sectors that the machine labels in the time of one; more are taken in groups of so many.</summary>
    public static int WidestLanes => LaneHasher.WidestLanes;

    /// <summary>Bytes of memory that so many sectors need: two layers of each lane.</summary>
    public static long MemoryBytes(SectorShape shape, int sectors)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sectors);
        return LaneLayers.MemoryBytes(shape, sectors);
    }

    /// <summary>Bytes on the disk of the scratch folder that so many sectors need where memory does not hold
    /// them.</summary>
    public static long ScratchBytes(SectorShape shape, int sectors)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sectors);
        return LaneLayers.ScratchBytes(shape, sectors);
    }

    /// <summary>True when two sectors can share a batch: their graphs are the same.</summary>
    public static bool AreAlike(SealConfig one, SealConfig other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return (one.Shape, one.PoRepId, one.ApiVersion) == (other.Shape, other.PoRepId, other.ApiVersion);
    }

    /// <summary>Runs the phase for all sectors.</summary>
    /// <param name="lanes">Sectors, alike, each with a cache folder of its own.</param>
    /// <param name="options">Memory, at least <see cref="MemoryBytes"/> or a scratch folder; threads and the parent
    /// cache's folder.</param>
    /// <param name="progress">Told stage and part of the whole batch.</param>
    /// <param name="cancellationToken">Ends all within a second; complete files stay.</param>
    /// <returns>For each sector in its place what became of it: a sector's failure ends only itself.</returns>
    /// <exception cref="ArgumentException">No sector, unlike sectors, a shared folder, or too little
    /// memory.</exception>
    /// <exception cref="InvalidDataException">The parent cache is damaged.</exception>
    /// <exception cref="IOException">The scratch folder has no room, which is known before anything is
    /// computed.</exception>
    /// <exception cref="OperationCanceledException">All were cancelled.</exception>
    public static IReadOnlyList<PreCommit1LaneResult> Run(
        IReadOnlyList<PreCommit1Lane> lanes,
        SealOptions options,
        IProgress<PhaseProgress>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lanes);
        ArgumentNullException.ThrowIfNull(options);
        Require(lanes, options);
        var shape = lanes[0].Request.Config.Shape;
        using var scratch = LaneLayers.Reserve(
            shape, lanes.Count, LaneLayers.LanesFor(lanes.Count), options, cancellationToken);
        var batch = lanes.Select(lane => new BatchedSector(lane)).ToList();
        for (var i = 0; i < batch.Count; i++)
        {
            progress?.Report(new PhaseProgress("tree-d", (double)i / batch.Count * PreCommit1Phase.TreeDPart));
            batch[i].Prepare(options, cancellationToken);
        }

        var sectors = batch.Select(sector => sector.Labels).OfType<LaneSector>().ToArray();
        if (sectors.Length > 0)
        {
            LaneLayers.Build(
                new SdrGraph(lanes[0].Request.Config, tabulate: true),
                sectors,
                LaneLayers.LanesFor(sectors.Length),
                options,
                LaneLayers.MemoryBytes(shape, sectors.Length) > options.MemoryBytes ? scratch : null,
                (stage, done) => progress?.Report(PreCommit1Phase.LayerProgress(stage, done)),
                cancellationToken);
        }

        var results = batch.Select(sector => sector.Finish()).ToList();
        progress?.Report(new PhaseProgress("done", 1));
        return results;
    }

    private static void Require(IReadOnlyList<PreCommit1Lane> lanes, SealOptions options)
    {
        if (lanes.Count == 0)
        {
            throw new ArgumentException("no sector is given", nameof(lanes));
        }

        var first = lanes[0].Request.Config;
        if (lanes.FirstOrDefault(lane => !AreAlike(lane.Request.Config, first)) is { } other)
        {
            throw new ArgumentException(
                $"sector {other.Request.Sector} has another graph than sector {lanes[0].Request.Sector}: "
                + "size, PoRep id and API version must agree",
                nameof(lanes));
        }

        if (lanes.DistinctBy(lane => Path.GetFullPath(lane.Request.CacheDirectory)).Count() < lanes.Count)
        {
            throw new ArgumentException("two sectors have the same cache folder", nameof(lanes));
        }

        var needed = MemoryBytes(first.Shape, lanes.Count);
        if (needed > options.MemoryBytes && options.LaneScratchDirectory is null)
        {
            throw new ArgumentException(
                $"{lanes.Count} sectors of {first.Shape} in lanes need {needed} bytes of memory, "
                + $"but {options.MemoryBytes} are allowed",
                nameof(options));
        }
    }

    /// <summary>A sector's way through the batch.</summary>
    private sealed class BatchedSector(PreCommit1Lane lane)
    {
        private Bytes32 _commD;
        private Exception? _failure;

        /// <summary>The sector as the layers know it; null before it is prepared, and when that failed.</summary>
        public LaneSector? Labels { get; private set; }

        public void Prepare(SealOptions options, CancellationToken cancellationToken) => Try(
            () => EitherToken.Run(
                either =>
                {
                    (_commD, var replicaId) = PreCommit1Phase.Prepare(lane.Request, options, null, either);
                    Labels = new LaneSector(replicaId, lane.Request.CacheDirectory, lane.CancellationToken, FallOut);
                },
                cancellationToken,
                lane.CancellationToken));

        public PreCommit1LaneResult Finish()
        {
            PreCommit1Result? result = null;
            if (_failure is null)
            {
                Try(() => result = PreCommit1Phase.Finish(lane.Request, _commD, Labels!.ReplicaId));
            }

            return new PreCommit1LaneResult(result, _failure);
        }

        private void Try(Action step)
        {
            try
            {
                step();
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException
                or InvalidDataException or ArgumentException)
            {
                FallOut(failure);
            }
            catch (OperationCanceledException cancelled) when (cancelled.CancellationToken == lane.CancellationToken)
            {
                FallOut(cancelled);
            }
        }

        private void FallOut(Exception failure)
        {
            _failure = failure;
            lane.FallenOut?.Invoke(failure);
        }
    }
}
