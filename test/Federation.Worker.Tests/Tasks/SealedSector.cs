using Federation.Proofs;
using Federation.Proofs.Groth16.Parameters;
using Federation.Proto.Gates;
using Federation.Proto.Records;
using Federation.Storage;
using Federation.Storage.Attempts;
using Federation.Storage.Config;
using Federation.Storage.Space;
using Federation.Worker.Parameters;
using Federation.Worker.Phases;
using Federation.Worker.Session;
using Federation.Worker.Tasks;
using Microsoft.Extensions.Logging.Abstractions;

namespace Federation.Worker.Tests.Tasks;

/// <summary>An 8 MiB sector on a storage path of its own, sealed up to C1 and published.</summary>
public sealed class SealedSector : IAsyncLifetime, IDisposable
{
    public const long Size = 8 << 20;

    public static readonly SectorId Id = new(1000, 7);

    private static readonly string Ticket = new('1', 64), Seed = new('2', 64);

    private readonly TempFolder _folder = new();
    private readonly PhaseExecutor _executor;
    private readonly Dictionary<string, TaskResult> _results = [];
    private readonly StorageMap _map = new();
    private uint _order;

    public SealedSector()
    {
        var repository = Directory.CreateDirectory(_folder.In("repo")).FullName;
        StoragePaths.Attach(
            repository, _folder.In("storage"),
            new SectorStoreConfig { Id = Guid.NewGuid().ToString(), CanSeal = true, CanStore = true });
        Storage = StorageFolder.Open(_folder.In("storage"));
        _map.Set([new StoragePath { Id = Storage.Id, Path = Storage.Root }]);
        _executor = new PhaseExecutor(
            new PhaseRunner(new SealOptions()), _map, VolumeFreeSpace.Instance,
            new Stretch(new Dictionary<string, TimeSpan>(), TimeProvider.System),
            ParameterSettings.Read(static _ => null), new ParameterNotice(NullLogger<ParameterNotice>.Instance));
    }

    public StorageFolder Storage { get; }

    /// <summary>What each phase told of its way.</summary>
    internal Dictionary<string, IReadOnlyList<PhaseProgress>> Progress { get; } = [];

    public async Task InitializeAsync()
    {
        foreach (var phase in new[] { "AP", "PC1", "PC2", "C1" })
        {
            var (task, recorder) = (NewTask(phase), new Recorder());
            _results[phase] = await RunAsync(task, recorder, CancellationToken.None);
            Progress[phase] = recorder.Heard;
            new Publisher(Storage).Publish(Id, SealingPhases.Parse(phase), task.Order, AttemptId.Parse(task.Attempt));
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    public Task<TaskResult> RunAsync(
        Assign task, IProgress<PhaseProgress> progress, CancellationToken cancellationToken) =>
        _executor.RunAsync(task, progress, cancellationToken);

    public Task DiscardAsync(Assign task) => _executor.DiscardAsync(task);

    public Assign NewTask(string phase)
    {
        _order++;
        return new Assign
        {
            TaskId = Guid.NewGuid().ToString(),
            Phase = phase,
            Sector = Id.Number,
            Epoch = 1,
            Order = _order,
            Attempt = phase is "FIN" ? "1-1"
                : Storage.Attempts(Id, SealingPhases.Parse(phase)).Create(1, _order).Id.ToString(),
            StorageId = Storage.Id,
            Spec = new SealSpec { SealProof = 6, SectorSize = (ulong)Size, Miner = Id.Miner },
            Pieces = { _results.GetValueOrDefault("AP")?.Pieces ?? [] },
            Ticket = Ticket,
            Seed = Seed,
            CommD = _results.GetValueOrDefault("PC2")?.CommD ?? "",
            CommR = _results.GetValueOrDefault("PC2")?.CommR ?? "",
        };
    }

    /// <summary>Keeps what a phase reports, and does something at each.</summary>
    internal sealed class Recorder(Action<PhaseProgress>? at = null) : IProgress<PhaseProgress>
    {
        private readonly Lock _gate = new();
        private readonly List<PhaseProgress> _heard = [];

        public IReadOnlyList<PhaseProgress> Heard
        {
            get
            {
                lock (_gate)
                {
                    return [.. _heard];
                }
            }
        }

        public void Report(PhaseProgress value)
        {
            lock (_gate)
            {
                _heard.Add(value);
            }

            at?.Invoke(value);
        }
    }
}
