using System.Text.Json;
using Federation.Discovery.Etcd;
using Federation.Discovery.Store;
using Federation.Hosting.JsonRpc;
using Federation.Hosting.Repository;
using Federation.Testing;

namespace Federation.Integration.Tests.Support;

/// <summary>
/// A federation of real processes in a folder of its own: set up by the programs' own commands as a site would, on
/// loopback. Nothing of it outlives the test.
/// </summary>
public sealed partial class TestFederation : IAsyncDisposable
{
    private static readonly TimeSpan StartBound = TimeSpan.FromMinutes(3), CallBound = TimeSpan.FromMinutes(1);
    private readonly TestFederationOptions _options;
    private readonly List<ChildProcess> _all = [];
    private readonly EtcdServer? _etcd;
    private JsonRpcClient? _api;
    private EtcdStore? _store;

    private TestFederation(TestFederationOptions options)
    {
        _options = options;
        Folder = Directory.CreateTempSubdirectory("federation-test-").FullName;
        Certificates = options.Tls ? new TestCertificates(Folder, "federation") : null;
        _etcd = options.Etcd ? new EtcdServer(Folder, Certificates) : null;
        StorePort = _etcd?.Port ?? PortBlock.One();
        Regions = [.. Enumerable.Range(1, options.Regions)
            .Select(n => new TestRegion($"region-{n}", Folder, options.WorkersPerRegion))];
    }

    public string Folder { get; }

    public int StorePort { get; }

    public int ServePort { get; } = PortBlock.Serve();

    public int ApiPort { get; } = PortBlock.One();

    public IReadOnlyList<TestRegion> Regions { get; }

    public ChildProcess Miner { get; private set; } = null!;

    /// <summary>Between the first region and the store, the miner's gRPC port and its bulk port; null when not
    /// proxied.</summary>
    public CountingProxy? StoreProxy { get; private set; }

    public CountingProxy? MinerProxy { get; private set; }

    public CountingProxy? BulkProxy { get; private set; }

    /// <summary>What its processes show each other; null without TLS.</summary>
    public TestCertificates? Certificates { get; }

    /// <summary>The first region's storage, where it is a file system of its own.</summary>
    public TinyMount? FirstStorage { get; private set; }

    public IStore Store => _store ?? throw new InvalidOperationException("not started");

    public string MinerRepository => Path.Combine(Folder, "miner");

    public static async Task<TestFederation> StartAsync(TestFederationOptions options)
    {
        var federation = new TestFederation(options);
        try
        {
            await federation.StartAllAsync();
            return federation;
        }
        catch
        {
            await federation.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the miner and waits until its API answers.</summary>
    public Task StartMinerAsync()
    {
        Miner = Run("miner", TestPrograms.Miner, ["run"], MinerEnvironment());
        return Eventually.HoldsAsync(MinerAnswersAsync, StartBound, Tails);
    }

    public void StartAgent(TestRegion region) => region.Agent = Run(
        $"agent-{region.Name}", TestPrograms.Agent, ["run"], new() { ["LOTUS_AGENT_PATH"] = region.Repository });

    public void StartWorker(TestRegion region, int index)
    {
        var name = region.WorkerName(index);
        string[] stretch = _options.Stretch is null ? [] : ["--stretch", _options.Stretch];
        if (_options.WorkerConfig is { } config)
        {
            Directory.CreateDirectory(Path.Combine(Folder, name));
            File.WriteAllText(Path.Combine(Folder, name, "config.toml"), config);
        }

        string[] lanes = _options.Lanes is null ? [] : ["--pc1-lanes", $"{_options.Lanes}"];
        region.Workers[index] = Run(
            name, TestPrograms.Worker, ["run", "--name", name, .. stretch, .. lanes, .. Certificates?.Options ?? []],
            new()
            {
                ["AGENT_API_INFO"] = RepositoryApi.Read(region.Repository, "miner-agent").ToSecretString(),
                ["WORKER_PATH"] = Path.Combine(Folder, name),
                ["SECTOR_SIZE"] = _options.SectorSize,
                ["FIL_PROOFS_PARAMETER_CACHE"] = ParameterFolder,
            });
    }

    public async Task<JsonElement> CallAsync(string method, params object?[] parameters)
    {
        _api ??= new JsonRpcClient(
            RepositoryApi.Read(MinerRepository, "miner"), "miner", CallBound, Tls());
        return await _api.CallAsync<JsonElement>(method, parameters);
    }

    public async Task<IReadOnlyList<ulong>> PledgeAsync(int count)
    {
        var numbers = new List<ulong>();
        for (var i = 0; i < count; i++)
        {
            numbers.Add((await CallAsync("PledgeSector")).GetProperty("Number").GetUInt64());
        }

        return numbers;
    }

    public async Task<string> StateAsync(ulong sector) =>
        (await CallAsync("SectorsStatus", sector, false)).GetProperty("State").GetString()!;

    /// <summary>Whether the miner has given a sector up.</summary>
    public async Task<bool> NeedsOperatorAsync(ulong sector) =>
        NeedsOperator(await CallAsync("SectorsStatus", sector, false));

    /// <summary>Waits until the sector is in a state.</summary>
    public Task StateIsAsync(ulong sector, string state, TimeSpan bound) => Eventually.HoldsAsync(
        async () => await StateAsync(sector) is var now && now == state ? null
            : $"sector {sector} is in {now}, not in {state}",
        bound,
        Tails);

    /// <summary>The event log as <c>miner sectors status --log</c> prints it.</summary>
    public async Task<IReadOnlyList<string>> SectorLogAsync(ulong sector)
    {
        var lines = await OutputOfAsync("sectors", "status", "--log", $"{sector}");
        return [.. lines.SkipWhile(static line => line != "Event Log:").Skip(1).Where(static line => line.Length > 0)];
    }

    /// <summary>What went wrong, by a line of a sector's log.</summary>
    public static string ErrorIn(string line)
    {
        using var message = JsonDocument.Parse(line[(line.LastIndexOf('\t') + 1)..]);
        return message.RootElement.GetProperty("User").GetProperty("error").GetString()!;
    }

    /// <summary>What a command of the miner prints.</summary>
    public async Task<IReadOnlyList<string>> OutputOfAsync(params string[] arguments)
    {
        var name = $"command-{Guid.NewGuid():N}";
        await using var process = ChildProcess.Start(
            name, Path.Combine(Folder, name + ".log"), TestPrograms.Miner, arguments, MinerEnvironment());
        var exit = await process.WaitAsync(StartBound);
        Assert.True(exit == 0, $"miner {string.Join(' ', arguments)} ended with {exit}:\n{process.Tail()}");
        return process.ReadShared().Split('\n');
    }

    /// <summary>Waits until every sector proves; a failure state that needs an operator ends the wait at
    /// once.</summary>
    public Task AllProveAsync(IReadOnlyList<ulong> sectors, TimeSpan bound) => Eventually.HoldsAsync(
        async () =>
        {
            foreach (var sector in sectors)
            {
                var status = await CallAsync("SectorsStatus", sector, false);
                var state = status.GetProperty("State").GetString();
                if (NeedsOperator(status))
                {
                    Assert.Fail($"sector {sector} needs an operator in {state}: {status}");
                }

                if (state != "Proving")
                {
                    return $"sector {sector} is in {state}";
                }
            }

            return null;
        },
        bound,
        Tails);

    public async ValueTask DisposeAsync()
    {
        _api?.Dispose();
        foreach (var process in Enumerable.Reverse(_all))
        {
            await process.DisposeAsync();
        }

        if (_store is not null)
        {
            await _store.DisposeAsync();
        }

        foreach (var proxy in new[] { StoreProxy, MinerProxy, BulkProxy })
        {
            await (proxy?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        await (_etcd?.DisposeAsync() ?? ValueTask.CompletedTask);
        FirstStorage?.Dispose();
        if (Environment.GetEnvironmentVariable("FEDERATION_TEST_KEEP") is null)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    /// <summary>The last lines of every process's log, for a failing test's message.</summary>
    public string Tails() =>
        string.Join('\n', _all.Select(static process => $"--- {process.Name} ({process.Id})\n{process.Tail(15)}"));

    private static bool NeedsOperator(JsonElement status) =>
        status.TryGetProperty("NeedsOperator", out var needs) && needs.ValueKind == JsonValueKind.True;

    private async Task StartAllAsync()
    {
        if (_etcd is not null)
        {
            // The miner gives its store 10 s, which the first start of an etcd may need on a busy disk.
            _etcd.Start();
            _store = await ConnectAsync();
        }

        FirstStorage = _options.FirstStorageKiB is { } size ? new TinyMount(Regions[0].Storage, size) : null;
        await PrepareMinerAsync();
        await StartMinerAsync();
        _store ??= await ConnectAsync();
        foreach (var region in Regions)
        {
            await PrepareRegionAsync(region);
            StartAgent(region);
            await Eventually.HoldsAsync(
                () => Task.FromResult(File.Exists(Path.Combine(region.Repository, "api")) ? null : "no api file yet"),
                StartBound, Tails);
            for (var index = 0; index < region.Workers.Length; index++)
            {
                StartWorker(region, index);
            }
        }

        await Eventually.HoldsAsync(AllRegisteredAsync, StartBound, Tails);
    }

    private Task<EtcdStore> ConnectAsync() => EtcdStore.ConnectAsync(
        [$"127.0.0.1:{StorePort}"],
        new EtcdStoreOptions
        {
            Tls = Tls()?.Credentials, StartTimeout = StartBound, CallTimeout = CallBound, RetryTimeout = CallBound,
        });

    private async Task<string?> MinerAnswersAsync()
    {
        if (Miner.HasExited)
        {
            Assert.Fail($"the miner ended with {Miner.ExitCode}:\n{Miner.Tail()}");
        }

        if (!File.Exists(Path.Combine(MinerRepository, "api")))
        {
            return "no api file yet";
        }

        try
        {
            await CallAsync("Version");
            return null;
        }
        catch (Hosting.OperatorException error)
        {
            return error.Message;
        }
    }

    private async Task<string?> AllRegisteredAsync()
    {
        var agents = await CallAsync("FederationAgents");
        var ready = agents.ValueKind != JsonValueKind.Array
            ? 0
            : agents.EnumerateArray()
                .Count(agent => agent.GetProperty("Workers").GetInt32() == _options.WorkersPerRegion);
        return ready == Regions.Count ? null : $"{ready} of {Regions.Count} agents have all their workers";
    }
}
