using System.CommandLine;
using Federation.Hosting;
using Federation.Hosting.Net;
using Federation.Hosting.Units;
using Federation.Proofs;

namespace Federation.Worker.Run;

/// <summary>The options of <c>worker run</c>, named as lotus-worker's where it has them.</summary>
internal static class RunOptions
{
    public static readonly Option<string?> Repository = new("--worker-repo")
    {
        Description = "Specify worker repo path. Default: LOTUS_WORKER_PATH, WORKER_PATH or ~/.lotusworker",
    };

    public static readonly Option<string?> Role =
        new("--role") { Description = "APx (AP, C1, FIN, RM), P1, P2 or C2" };
    public static readonly Option<string?> Phases = new("--phases") { Description = "phases to run, such as PC1,PC2" };
    public static readonly Option<bool?> AddPiece =
        new("--addpiece") { Description = "enable addpiece (default true)" };
    public static readonly Option<bool?> PreCommit1 =
        new("--precommit1") { Description = "enable precommit1 (default true)" };
    public static readonly Option<bool?> PreCommit2 =
        new("--precommit2") { Description = "enable precommit2 (default true)" };
    public static readonly Option<bool?> Commit =
        new("--commit") { Description = "enable commit2 (default true, where its parameters are found)" };
    public static readonly Option<bool> NoDefault =
        new("--no-default") { Description = "disable all default compute tasks" };
    public static readonly Option<string?> Slots =
        new("--slots") { Description = "how many at once, such as PC1=2,PC2=1" };
    public static readonly Option<int> Lanes = new("--pc1-lanes")
    {
        Description = "run PC1 of up to so many sectors in lockstep, 2 to 16, in place of PC1's slots; "
            + "--memory must hold two layers of each: 16GiB for 16 sectors of 512MiB. Default: 0, off",
    };

    public static readonly Option<string?> LanesFolder = new("--pc1-lanes-dir")
    {
        Description = "folder on a fast local disk for two layers of each lane where --memory does not hold them: "
            + "16GiB for 16 sectors of 512MiB, reserved when a group begins. Default: none, lanes are kept in memory",
    };

    public static readonly Option<string?> Memory =
        new("--memory") { Description = "memory that phases may use, such as 64GiB. Default: 1GiB a phase" };
    public static readonly Option<bool> MapLayers = new("--map-layers")
    {
        Description = "keep PC1's layers that --memory does not hold in mapped files: faster, in memory that the "
            + "system can take back",
    };

    public static readonly Option<bool> HugePages = new("--huge-pages")
    {
        Description = "ask the system for huge pages of 2MiB behind PC1's layers in memory, true or false: random "
            + "reads are faster with them. It gives them unless /sys/kernel/mm/transparent_hugepage/enabled says "
            + "never. "
            + "Default: true",
        DefaultValueFactory = _ => true,
    };

    public static readonly Option<int?> Threads =
        new("--threads") { Description = "threads of each phase. Default: the number of processors" };
    public static readonly Option<string?> Name = new("--name") { Description = "name shown in place of the host's" };
    public static readonly Option<string?> Group = new("--group") { Description = "group of the worker" };
    public static readonly Option<string?> Stretch = new("--stretch")
    {
        Description = "rehearsals: let phases wait before they compute, such as PC1=10m",
    };

    public static readonly Option<string> StartTimeout = new("--start-timeout")
    {
        Description = "how long to wait for the agent at the start, such as 30s. Default: 2m",
        DefaultValueFactory = _ => "2m",
    };

    public static readonly Option<string> TlsCert =
        new("--tls-cert") { Description = "PEM file of this worker's certificate", DefaultValueFactory = _ => "" };
    public static readonly Option<string> TlsKey =
        new("--tls-key") { Description = "PEM file of the certificate's key", DefaultValueFactory = _ => "" };
    public static readonly Option<string> TlsCA = new("--tls-ca") { Description =
        "PEM file of the authority of the agent's certificate", DefaultValueFactory = _ => "" };

    /// <summary>Adds all of them to the command.</summary>
    public static Command AddTo(Command command)
    {
        Option[] options =
        [
            Repository, Role, Phases, AddPiece, PreCommit1, PreCommit2, Commit, NoDefault, Slots, Lanes, LanesFolder,
            Memory, MapLayers, HugePages, Threads, Name, Group,
            Stretch, StartTimeout, TlsCert, TlsKey, TlsCA,
        ];
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        return command;
    }

    /// <summary>The phases that the options choose.</summary>
    public static IReadOnlyList<string> PhasesOf(ParseResult parsed) =>
        (parsed.GetValue(Role), parsed.GetValue(Phases)) switch
    {
        ({ }, { }) => throw new OperatorException("--role and --phases exclude each other", "give one of them"),
        ({ } role, _) => WorkerPhases.OfRole(role),
        (_, { } list) => WorkerPhases.OfList(list),
        _ => WorkerPhases.OfFlags(
            parsed.GetValue(NoDefault), parsed.GetValue(AddPiece), parsed.GetValue(PreCommit1),
            parsed.GetValue(PreCommit2), parsed.GetValue(Commit)),
    };

    /// <summary>C2 was named by an option, not only left on.</summary>
    public static bool AsksForCommit2(ParseResult parsed) =>
        parsed.GetValue(Role) is not null || parsed.GetValue(Phases) is not null || parsed.GetValue(Commit) == true;

    /// <summary>The stretched phases.</summary>
    public static IReadOnlyDictionary<string, TimeSpan> StretchOf(ParseResult parsed) =>
        WorkerPhases.Pairs("--stretch", parsed.GetValue(Stretch)).ToDictionary(
            pair => pair.Phase,
            pair => GoDuration.TryParse(pair.Value, out var time) && time >= TimeSpan.Zero
                ? time
                : throw new OperatorException(
                    $"--stretch {pair.Phase}={pair.Value} is not a duration", "write it such as PC1=10m"),
            StringComparer.Ordinal);

    /// <summary>The phases that --slots names.</summary>
    public static IReadOnlyList<string> SlotsNamed(ParseResult parsed) =>
        [.. WorkerPhases.Pairs("--slots", parsed.GetValue(Slots)).Select(pair => pair.Phase)];

    /// <summary>How long the first registration is tried for.</summary>
    public static TimeSpan StartTimeoutOf(ParseResult parsed) =>
        GoDuration.TryParse(parsed.GetValue(StartTimeout), out var time) && time > TimeSpan.Zero
            ? time
            : throw new OperatorException(
                $"--start-timeout {parsed.GetValue(StartTimeout)} is not a duration",
                "write it such as --start-timeout 30s");

    /// <summary>What a phase may use.</summary>
    public static SealOptions SealOptionsOf(ParseResult parsed, string? parentCache, bool verifyParentCache)
    {
        try
        {
            var options = new SealOptions
            {
                ParentCacheDirectory = parentCache,
                VerifyParentCache = verifyParentCache,
                MapLayers = parsed.GetValue(MapLayers),
                HugePages = parsed.GetValue(HugePages),
            };
            options = MemoryOf(parsed) is { } memory ? options with { MemoryBytes = checked((long)memory) } : options;
            options = parsed.GetValue(LanesFolder) is { } folder
                ? options with { LaneScratchDirectory = Folder(folder) } : options;
            return parsed.GetValue(Threads) is { } threads ? options with { Threads = threads } : options;
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new OperatorException($"--memory or --threads is too small: {error.Message}",
                "--memory is at least 32MiB, --threads at least 1", error);
        }
    }

    private static string Folder(string path) => Directory.Exists(path) ? Path.GetFullPath(path)
        : throw new OperatorException(
            $"the folder {path} of --pc1-lanes-dir is not there", "make it, on a disk with room for the layers");

    /// <summary>--memory in bytes; null = not given.</summary>
    public static ulong? MemoryOf(ParseResult parsed) => parsed.GetValue(Memory) is not { } text ? null
        : ByteSize.TryParse(text, out var size) ? (ulong)size.Bytes
        : throw new OperatorException($"--memory '{text}' is not a size", "write it such as 64GiB");

    /// <summary>How the connection to the agent is protected.</summary>
    public static TransportSecurity SecurityOf(ParseResult parsed) => new(
        parsed.GetValue(TlsCert)!, parsed.GetValue(TlsKey)!, parsed.GetValue(TlsCA)!, Insecure: false);
}
