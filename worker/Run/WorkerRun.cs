using Federation.Hosting;
using Federation.Hosting.Daemon;
using Federation.Hosting.Net;
using Federation.Hosting.Repository;
using Federation.Proofs;
using Federation.Proofs.Groth16.Parameters;
using Federation.Storage.Space;
using Federation.Worker.External;
using Federation.Worker.Parameters;
using Federation.Worker.Phases;
using Federation.Worker.Session;
using Federation.Worker.Tasks;
using Microsoft.Extensions.Logging;

namespace Federation.Worker.Run;

/// <summary>A worker from start to stop.</summary>
/// <param name="Settings">What the environment says.</param>
/// <param name="Profile">What the agent is told; its id comes from the repository.</param>
/// <param name="Options">What a phase may use.</param>
/// <param name="Waits">Phases that wait before they compute.</param>
/// <param name="Security">How the connection is protected.</param>
/// <param name="StartTimeout">How long the first registration is tried for.</param>
/// <param name="Parameters">Where C2's parameters are.</param>
/// <param name="Commit2">Whether it offers C2.</param>
/// <param name="External">Phases that programs run.</param>
internal sealed partial record WorkerRun(
    WorkerSettings Settings, Func<Guid, WorkerProfile> Profile, SealOptions Options,
    IReadOnlyDictionary<string, TimeSpan> Waits, TransportSecurity Security, TimeSpan StartTimeout,
    ParameterSettings Parameters, Commit2Offer Commit2, ExternalOffer External)
{
    internal const string ResultsFolder = "results";

    private const string Daemon = "worker";

    private static readonly TimeSpan FirstReconnect = TimeSpan.FromMilliseconds(200),
        LongestReconnect = TimeSpan.FromSeconds(10);

    /// <summary>Runs until it is stopped; what it computes then is lost, what it has computed is kept.</summary>
    public async Task RunAsync(DaemonContext context)
    {
        var tls = TlsMaterial.Load(Security);
        if (tls is null && Settings.Agent.Address.IsSecure)
        {
            throw new OperatorException(
                "the agent of AGENT_API_INFO wants TLS", "give --tls-cert, --tls-key and --tls-ca");
        }

        using var repository = OpenRepository();
        var notice = new ParameterNotice(context.Loggers.CreateLogger<ParameterNotice>());
        Tell(notice);
        var storage = new StorageMap();
        var lanes = new PreCommit1Lanes(Options, context.Time, context.Loggers.CreateLogger<PreCommit1Lanes>());
        await using var runner = new ExternalPhaseRunner(
            new PhaseRunner(Options, lanes), External.Config, context.Time,
            context.Loggers.CreateLogger<ExternalPhaseRunner>());
        await StartAsync(runner, context);
        var executor = new PhaseExecutor(
            runner, storage, VolumeFreeSpace.Instance, new Stretch(Waits, context.Time),
            Parameters, notice);
        var results = new ResultStore(
            Path.Combine(repository.FolderPath, ResultsFolder), context.Loggers.CreateLogger<ResultStore>());
        await using var tasks =
            new WorkerTasks(executor, results, context.Time, context.Loggers.CreateLogger<WorkerTasks>());
        var session = new AgentSession(
            Settings.Agent, tls?.Credentials, Profile(repository.Id), tasks, storage, context.Time,
            new Reconnect(FirstReconnect, LongestReconnect, Random.Shared),
            context.Loggers.CreateLogger<AgentSession>())
        {
            StartTimeout = StartTimeout,
        };
        try
        {
            await session.RunAsync(context.Stopping);
        }
        catch (AgentRefusedException error)
        {
            throw new OperatorException(error.Message, error.Remedy, error);
        }
    }

    /// <summary>A program that cannot run is better known now than when hours of work wait for it.</summary>
    private async Task StartAsync(ExternalPhaseRunner runner, DaemonContext context)
    {
        foreach (var warning in External.Warnings)
        {
            Log.ConfigWarning(context.Loggers.CreateLogger(Daemon), warning);
        }

        try
        {
            await runner.StartAsync(context.Stopping);
        }
        catch (PhaseException failure)
        {
            throw new OperatorException(
                failure.Message, "see its section in the repository's config.toml, and docs/external-prover.md",
                failure);
        }
    }

    private void Tell(ParameterNotice notice)
    {
        if (Commit2.Missing is { } missing)
        {
            notice.NotOffered(missing, Commit2Offer.Remedy);
        }
        else if (Commit2.Origin is { } origin)
        {
            notice.Used(origin, Commit2.Path);
        }
    }

    private RepositoryFolder OpenRepository() => RepositoryFolder.Exists(Settings.RepositoryPath)
        ? RepositoryFolder.Open(Settings.RepositoryPath, Daemon)
        : RepositoryFolder.Create(Settings.RepositoryPath, Daemon, WriteConfig);

    private static void WriteConfig(RepositoryFolder repository)
    {
        if (!File.Exists(repository.ConfigPath))
        {
            repository.Write(Path.GetFileName(repository.ConfigPath), ExternalOffer.Template(), AtomicFile.Readable);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(5430, LogLevel.Warning, "{Warning}")]
        public static partial void ConfigWarning(ILogger logger, string warning);
    }
}
