using System.Net;
using System.Net.Sockets;
using Federation.Integration.Tests.Support;
using Federation.Testing;

namespace Federation.Integration.Tests;

/// <summary>
/// What an operator gets wrong, given to the built programs: one sentence that names the thing, the remedy, exit code
/// 1, no wait without end, and nothing written beside what was asked for.
/// </summary>
[Collection(nameof(Federations))]
public sealed class BadInputTests(BadInputTests.Shared shared) : IClassFixture<BadInputTests.Shared>
{
    internal const string NoStore = "client: no endpoints available";

    private const string InUse = "is in use by another process";

    [Theory]
    [InlineData("init --sector-size 3KiB", "unknown sector size '3KiB'", "--sector-size 2KiB")]
    [InlineData("init --actor xyz", "'xyz' is not the id address of a miner", "--actor t01000")]
    [InlineData("run", "is not initialized", "miner init")]
    public async Task Miner_WithoutRepository_SaysWhatIsWrong(string arguments, string sentence, string remedy)
    {
        await using var folder = new CommandFolder();

        (await folder.RunAsync(TestPrograms.Miner, arguments)).AssertOneError(sentence, remedy);

        Assert.False(File.Exists(Path.Combine(folder["miner"], "repository-id")));
    }

    [Theory]
    [InlineData("LOTUS_SEALAGENT_ETCDADDRS=nonsense", "\"nonsense\": the port is missing", "write it as \"host:port\"")]
    [InlineData("LOTUS_SEALAGENT_ETCDADDRS=host:99999", "EtcdAddrs", "no port from 1 to 65535")]
    [InlineData("LOTUS_SEALAGENT_ETCDADDRS=127.0.0.1:1", NoStore, "check [SealAgent] EtcdAddrs")]
    public async Task MinerRun_WrongStore_SaysWhatIsWrong(string variable, string sentence, string remedy)
    {
        var folder = shared.Folder;

        var result = await folder.RunAsync(TestPrograms.Miner, "run", variable);

        result.AssertOneError(sentence, remedy);
        result.AssertOneWarningAtMost();
        Assert.False(File.Exists(Path.Combine(folder["miner"], "api")));
    }

    [Theory]
    [InlineData(0, "ServePort, gRPC", "set another [SealAgent] ServePort")]
    [InlineData(1, "ServePort + 1, HTTP", "set another [SealAgent] ServePort")]
    [InlineData(100, "ServePort + 100, bulk data", "set another [SealAgent] ServePort")]
    public async Task MinerRun_PortInUse_NamesIt(int offset, string use, string remedy)
    {
        var folder = shared.Folder;
        using var other = Hold(folder.ServePort + offset);

        (await folder.RunAsync(TestPrograms.Miner, "run"))
            .AssertOneError($"port {folder.ServePort + offset} on 127.0.0.1 ({use}) {InUse}", remedy);
    }

    [Fact]
    public async Task MinerRun_AllItsPortsInUse_IsOneSentence()
    {
        var folder = shared.Folder;
        using var grpc = Hold(folder.ServePort);
        using var http = Hold(folder.ServePort + 1);
        using var bulk = Hold(folder.ServePort + 100);

        (await folder.RunAsync(TestPrograms.Miner, "run")).AssertOneError(InUse, "set another [SealAgent] ServePort");
    }

    [Theory]
    [InlineData("[SealAgent]\n  EtcdAdrs = [\"a:1\"]\n", "config.toml:2:3: [SealAgent] EtcdAdrs is no setting",
        "did you mean EtcdAddrs?")]
    [InlineData("[SealAgent\n", "config.toml:1:11: expected \"]\"", "found the end of the line")]
    [InlineData("[SealAgent]\n  ServePort = 65500\n", "config.toml:2:", "65435")]
    public async Task MinerRun_WrongConfiguration_NamesLineAndColumn(string config, string sentence, string remedy)
    {
        await using var folder = await CommandFolder.WithMinerAsync();
        await File.WriteAllTextAsync(Path.Combine(folder["miner"], "config.toml"), config);

        // A variable outranks the file, so the one that every command here is given is taken away for this key.
        (await folder.RunAsync(TestPrograms.Miner, "run", "LOTUS_SEALAGENT_SERVEPORT="))
            .AssertOneError(sentence, remedy);
    }

    [Fact]
    public async Task MinerRun_KeysOfLotus_WarnOnceEach()
    {
        await using var folder = await CommandFolder.WithMinerAsync();
        await File.WriteAllTextAsync(
            Path.Combine(folder["miner"], "config.toml"),
            "[Storage]\n  ParallelFetchLimit = 10\n[Sealing]\n  MaxWaitDealsSectors = 2\n");

        var result = await folder.RunAsync(TestPrograms.Miner, "run", "LOTUS_SEALAGENT_ETCDADDRS=127.0.0.1:1");

        result.AssertOneError(NoStore, "check [SealAgent] EtcdAddrs");
        foreach (var key in new[] { "[Storage] ParallelFetchLimit", "[Sealing] MaxWaitDealsSectors" })
        {
            Assert.Single(result.Lines, line => line.Contains($"{key} is a setting of Lotus that has no effect here"));
        }
    }

    [Theory]
    [InlineData("SECTOR_SIZE=3KiB", "unknown sector size \"3KiB\"", "set SECTOR_SIZE to the miner's sector size")]
    [InlineData("MINER_ADDR=xyz", "'xyz' is no miner's id address", "set MINER_ADDR to the miner's address")]
    [InlineData("MINER_ADDR=t01001", "MINER_ADDR is t01001, but this agent seals for t01000",
        "set MINER_ADDR to t01000")]
    [InlineData("LOTUS_SEALAGENT_ETCDADDRS=127.0.0.1:1", NoStore, "check [SealAgent] EtcdAddrs")]
    public async Task AgentRun_WrongSurroundings_SaysWhatIsWrong(string variable, string sentence, string remedy)
    {
        var folder = shared.Folder;

        (await folder.RunAsync(TestPrograms.Agent, "run", "LOTUS_SEALAGENT_STARTTIMEOUT=2s", variable))
            .AssertOneError(sentence, remedy);

        Assert.False(File.Exists(Path.Combine(folder["agent"], "api")));
    }

    [Fact]
    public async Task AgentRun_MuteStore_GivesUp()
    {
        var folder = shared.Folder;
        var port = PortBlock.One();
        using var mute = Hold(port);

        (await folder.RunAsync(
            TestPrograms.Agent, "run", "LOTUS_SEALAGENT_STARTTIMEOUT=2s",
            $"LOTUS_SEALAGENT_ETCDADDRS=127.0.0.1:{port}"))
            .AssertOneError(NoStore, $"No store answered at 127.0.0.1:{port} within 2 s");
    }

    [Theory]
    [InlineData(0, "ServePort, gRPC")]
    [InlineData(1, "ServePort + 1, HTTP")]
    [InlineData(100, "ServePort + 100, bulk data")]
    public async Task AgentRun_PortInUse_NamesIt(int offset, string use)
    {
        var folder = shared.Folder;
        using var other = Hold(folder.ServePort + offset);

        (await folder.RunAsync(TestPrograms.Agent, "run"))
            .AssertOneError($"port {folder.ServePort + offset} on 127.0.0.1 ({use}) {InUse}",
                "set another [SealAgent] ServePort");
    }

    [Fact]
    public async Task AgentRun_StorageGone_NamesIt()
    {
        await using var folder = await CommandFolder.WithAgentAsync();
        File.Delete(Path.Combine(folder["storage"], "sectorstore.json"));

        (await folder.RunAsync(TestPrograms.Agent, "run"))
            .AssertOneError($"{folder["storage"]} is not a storage path", "mount it, or attach it");
    }

    [MountFact]
    public async Task AgentRun_StorageReadOnly_NamesIt()
    {
        await using var folder = await CommandFolder.WithAgentAsync();
        using var mount = new TinyMount(folder["tiny"]);
        Assert.Equal(0, (await folder.RunAsync(TestPrograms.Agent, "storage attach --init --seal --store @tiny"))
            .ExitCode);
        mount.MakeReadOnly();

        (await folder.RunAsync(TestPrograms.Agent, "run"))
            .AssertOneError($"storage {mount.Path} cannot be written", "give this user write access");
    }

    [MountFact]
    public async Task AgentRun_StorageFull_NamesIt()
    {
        await using var folder = await CommandFolder.WithAgentAsync();
        using var mount = new TinyMount(folder["tiny"]);
        Assert.Equal(0, (await folder.RunAsync(TestPrograms.Agent, "storage attach --init --seal --store @tiny"))
            .ExitCode);
        mount.Fill();

        (await folder.RunAsync(TestPrograms.Agent, "run"))
            .AssertOneError($"storage {mount.Path} cannot be written: No space left on device",
                "free some space there");
    }

    [Theory]
    [InlineData("worker", "phase ap", "--miner, --sector and --unsealed are missing", "see 'worker phase ap --help'")]
    [InlineData("worker", "run --role C3", "unknown role 'C3'", "--role is one of APx, P1, P2 and C2")]
    [InlineData("agent", "init", "--miner-token is missing", "see 'miner-agent init --help'")]
    [InlineData("miner", "sectors status one", "'one' is no value of", "see 'miner sectors status --help'")]
    [InlineData("miner", "sectors pledg", "'pledg' is no command of 'miner sectors'", "see 'miner sectors --help'")]
    public async Task Command_WrongArguments_IsOneSentenceAndNotTheHelp(
        string program, string arguments, string sentence, string remedy)
    {
        await using var folder = new CommandFolder();
        var path = program switch { "worker" => TestPrograms.Worker, "agent" => TestPrograms.Agent, _ =>
            TestPrograms.Miner };

        (await folder.RunAsync(path, arguments, "AGENT_API_INFO=abc:/ip4/127.0.0.1/tcp/1/http"))
            .AssertOneError(sentence, remedy);
    }

    [Theory]
    [InlineData("--role C2")]
    [InlineData("--phases C1,C2")]
    [InlineData("--no-default --commit")]
    public async Task WorkerRun_Commit2AskedForWithoutParameters_NamesTheMissingFile(string options)
    {
        await using var folder = CommandFolder.Empty();

        (await folder.RunAsync(
            TestPrograms.Worker, "run " + options, "AGENT_API_INFO=abc:/ip4/127.0.0.1/tcp/1/http", "SECTOR_SIZE=2KiB",
            "FIL_PROOFS_PARAMETER_CACHE=@none"))
            .AssertOneError(
                $"C2 cannot be offered: the parameter file of circuit PoRep 2KiB is missing: {folder["none"]}",
                "FIL_PROOFS_PARAMETER_CACHE");
    }

    [Theory]
    [InlineData("AGENT_API_INFO=", "AGENT_API_INFO is not set", "set AGENT_API_INFO=TOKEN:MULTIADDR")]
    [InlineData("AGENT_API_INFO=garbage", "AGENT_API_INFO is not valid: it is not TOKEN:MULTIADDR",
        "set AGENT_API_INFO=")]
    [InlineData("AGENT_API_INFO=abc:/ip4/127.0.0.1/udp/1/http", "it is not a multiaddr", "set AGENT_API_INFO=")]
    [InlineData("AGENT_API_INFO=/ip4/127.0.0.1/tcp/1/http", "it has no token", "set AGENT_API_INFO=")]
    [InlineData("AGENT_API_INFO=abc:/ip4/127.0.0.1/tcp/1/http",
        "no agent answered at /ip4/127.0.0.1/tcp/1/http of AGENT_API_INFO within 2s", "files token and api")]
    public async Task WorkerRun_BadAgentApiInfo_SaysWhatIsWrong(string variable, string sentence, string remedy)
    {
        await using var folder = new CommandFolder();

        (await folder.RunAsync(TestPrograms.Worker, "run --start-timeout 2s", variable))
            .AssertOneError(sentence, remedy);
    }

    [MountFact]
    public async Task WorkerRun_RepositoryReadOnly_IsNotCalledLocked()
    {
        await using var folder = new CommandFolder();
        using var mount = new TinyMount(folder["tiny"]);
        Directory.CreateDirectory(folder["tiny/worker"]);
        await File.WriteAllTextAsync(folder["tiny/worker/repo.lock"], "");
        mount.MakeReadOnly();

        (await folder.RunAsync(
            TestPrograms.Worker, "run", "AGENT_API_INFO=abc:/ip4/127.0.0.1/tcp/1/http", "WORKER_PATH=@tiny/worker"))
            .AssertOneError("cannot be opened: Read-only file system", "check the folder's owner, mode and disk");
    }

    private static Socket Hold(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        socket.Listen(16);
        return socket;
    }

    /// <summary>Repositories for the cases that leave nothing behind.</summary>
    public sealed class Shared : IAsyncLifetime
    {
        public CommandFolder Folder { get; private set; } = null!;

        public async Task InitializeAsync() => Folder = await CommandFolder.WithAgentAsync();

        public async Task DisposeAsync() => await Folder.DisposeAsync();
    }
}
