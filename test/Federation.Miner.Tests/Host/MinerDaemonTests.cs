using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Federation.Hosting;
using Federation.Miner.Api;
using Federation.Proto.Gates;
using Federation.Proto.Transport;
using Google.Protobuf;

namespace Federation.Miner.Tests.Host;

public sealed class MinerDaemonTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("federation-miner-");

    private string Repository => Path.Combine(_folder.FullName, "repo");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Run_CommandsOfAnOperator_AnswerAsLotusDoes()
    {
        await using var miner = await RunningMiner.StartAsync(Repository);
        Assert.Equal("Created CC sector:  1\n", await miner.CommandAsync("sectors", "pledge"));
        // What a sector waits for is known once offers and agents have been read.
        Assert.Equal(
            "ID  State    OnChain  Active  Expiration  Deals  \n1   Packing  NO       NO      n/a         CC     \n"
            + "  Waits: no agent is registered that could have AP run; start one in a region with 'miner-agent run'\n",
            await miner.CommandUntilAsync("Waits: ", "sectors", "list"));
        var status = await miner.CommandAsync("sectors", "status", "--log", "1");
        Assert.StartsWith(
            "SectorID:\t1\nStatus:\t\tPacking\nCIDcommD:\t<nil>\nCIDcommR:\t<nil>\nTicket:\t\t\nTicketH:\t0\n", status,
            StringComparison.Ordinal);
        Assert.Contains("Early:\t\t0\n--------\nEvent Log:\n0.\t", status, StringComparison.Ordinal);
        Assert.EndsWith(":\t[event;sealing.SectorStartCC]\t{\"User\":{\"ID\":1,\"SectorType\":5}}\n", status,
            StringComparison.Ordinal);
        Assert.Contains("Miner: t01000 (2 KiB sectors)", await miner.CommandAsync("info"), StringComparison.Ordinal);
        Assert.StartsWith("MINER_API_INFO=ey", await miner.CommandAsync("auth", "api-info", "--perm", "admin"),
            StringComparison.Ordinal);
        var keys = await miner.CommandAsync("store", "get", "--prefix", "/federation/t01000/queue/");
        Assert.StartsWith("/federation/t01000/queue/1\n{", keys, StringComparison.Ordinal);
        Assert.Equal("", await miner.CommandAsync("sectors", "remove", "1", "--really-do-it"));
    }

    [Theory]
    [InlineData("vanilla", "groth16")]
    [InlineData("groth16", "vanilla")]
    public async Task Run_ProofsOtherThanTheDevnets_AreRefusedInOneSentence(string made, string asked)
    {
        await using var miner = await RunningMiner.StartAsync(Repository, $"""
            [Devnet]
            Proofs = "{made}"
            """);
        await miner.CommandAsync("sectors", "pledge");
        var offer = await miner.CommandAsync("store", "get", "--prefix", "/federation/t01000/queue/");
        Assert.Equal(made == "groth16", offer.Contains("groth16", StringComparison.Ordinal));
        await miner.CommandAsync("stop");
        await miner.Running.ContinueWith(static _ => { }, TaskScheduler.Default).WaitAsync(RunningMiner.Bound);

        var refused = await Assert.ThrowsAsync<OperatorException>(() => RunningMiner.Prepare(Repository, $"""
            [Devnet]
            Proofs = "{asked}"
            """).RunAsync());

        Assert.Contains($"asks for a devnet that takes {asked} proofs", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"Proofs = \"{made}\"", refused.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("No state for /99: datastore: key not found", "sectors", "status", "99")]
    [InlineData("can not found any server", "sealing", "workers")]
    [InlineData("can not found any server", "sealing", "jobs")]
    [InlineData("only use it if you are sure", "sectors", "remove", "1")]
    [InlineData("only a sector in a failure state can be retried", "sectors", "retry", "1")]
    [InlineData("--perm flag has to be one of", "auth", "create-token")]
    [InlineData("cannot be an agent's name", "auth", "create-agent-token", "../x")]
    [InlineData("outside of /federation/", "store", "get", "--prefix", "/other")]
    public async Task Command_ThatCannotBeDone_SaysWhyInOneSentence(string words, params string[] arguments)
    {
        await using var miner = await RunningMiner.StartAsync(Repository);
        await miner.CommandAsync("sectors", "pledge");
        var (code, output, error) = await RunningMiner.InvokeAsync([.. arguments, "--miner-repo", miner.Repository]);
        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith("ERROR: ", error, StringComparison.Ordinal);
        Assert.Contains(words, error.Split('\n')[0], StringComparison.Ordinal);
        Assert.Equal(3, error.Split('\n').Length);
    }

    [Fact]
    public async Task Run_StoppedAndStartedAgain_KeepsSectorsAndRaisesTheTerm()
    {
        var folder = Repository;
        var first = await RunningMiner.StartAsync(folder);
        await first.CommandAsync("sectors", "pledge");
        using (var client = first.Client())
        {
            Assert.Equal(1ul, (await client.CallAsync<MinerInfo>("FederationInfo", [])).Term);
        }

        await first.CommandAsync("stop");
        await first.Running.WaitAsync(RunningMiner.Bound);
        Assert.False(File.Exists(Path.Combine(folder, "api")));

        await using var second = await RunningMiner.StartAsync(folder);
        using var again = second.Client();
        Assert.Equal(2ul, (await again.CallAsync<MinerInfo>("FederationInfo", [])).Term);
        var listed = JsonDocument.Parse(await second.CommandAsync("sectors", "list", "--json")).RootElement;
        Assert.Equal("Packing", listed.GetProperty("Sectors")[0].GetProperty("State").GetString());
        Assert.Equal("Created CC sector:  2\n", await second.CommandAsync("sectors", "pledge"));
    }

    [Fact]
    public async Task Run_SectorSizeWithoutAProofNumber_PledgesByItsParts()
    {
        var folder = Repository;
        Assert.Equal(0, (await RunningMiner.InvokeAsync(
            "init", "--miner-repo", folder, "--sector-size", "4KiB", "--actor", "t01234")).Code);
        await using var miner = await RunningMiner.StartAsync(folder);
        await miner.CommandAsync("sectors", "pledge");
        var offer = await miner.CommandAsync("store", "get", "/federation/t01234/queue/1");
        Assert.Contains($"\"{string.Concat(Enumerable.Repeat("80", 32))}\"", offer, StringComparison.Ordinal);
        Assert.DoesNotContain("seal_proof", offer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("client: no endpoints available", "EtcdAddrs = [\"127.0.0.1:1\"]")]
    [InlineData("Graze is no setting", "Graze = \"1s\"")]
    [InlineData("EtcdAddrs", "EtcdAddrs = [\"10,0.0.1:2379\"]")]
    [InlineData("can be reached by other machines", "ServeIP = \"0.0.0.0\"")]
    [InlineData("TlsKey", "TlsCert = \"/none\"")]
    public async Task Run_WrongConfiguration_IsRefusedWithTheThingNamed(string words, string line)
    {
        var folder = Repository;
        var miner = RunningMiner.Prepare(folder, line);
        var refused = await Assert.ThrowsAnyAsync<OperatorException>(miner.RunAsync);
        Assert.Contains(words, $"{refused.Message}\n{refused.Remedy}", StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder, "api")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    public async Task Run_PortInUse_NamesPortAndSetting(int offset)
    {
        var miner = RunningMiner.Prepare(Repository);
        using var taken = new TcpListener(IPAddress.Loopback, miner.Port + offset);
        taken.Start();
        var refused = await Assert.ThrowsAnyAsync<OperatorException>(miner.RunAsync);
        Assert.Contains($"port {miner.Port + offset}", refused.Message, StringComparison.Ordinal);
        Assert.Contains("[SealAgent] ServePort", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unknown sector size '3KiB'", "init", "--sector-size", "3KiB")]
    [InlineData("'x' is not the id address of a miner", "init", "--actor", "x")]
    [InlineData("is no endpoint", "init", "--etcd", "10,0.0.1:2379")]
    [InlineData("is not initialized", "run")]
    [InlineData("is not initialized", "info")]
    public async Task Command_WithoutARepository_SaysWhatIsWrong(string words, params string[] arguments)
    {
        var folder = Repository;
        var (code, _, error) = await RunningMiner.InvokeAsync([.. arguments, "--miner-repo", folder]);
        Assert.Equal(1, code);
        Assert.Contains(words, error.Split('\n')[0], StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any());
    }

    [Fact]
    public async Task Gate_AgentWithItsToken_IsWelcomedAndOthersAreRefused()
    {
        await using var miner = await RunningMiner.StartAsync(Repository);
        using var client = miner.Client();
        var token = await client.CallAsync<string>("FederationCreateAgentToken", ["east-1"]);
        var hello = new AgentHello { Name = "east-1", Region = "east", RepositoryId = "r", SectorSize = 2048,
            Miner = "t01000" };

        Assert.Equal("t01000", (await AttachAsync(miner, token, hello)).Welcome.Miner);
        Assert.Equal(StatusCode.Unauthenticated, await RefusedAsync(miner, miner.Token(), hello));
        Assert.Equal(StatusCode.Unauthenticated, await RefusedAsync(miner, "x", hello));
        Assert.Equal(StatusCode.FailedPrecondition,
            await RefusedAsync(miner, token, new AgentHello(hello) { Name = "west-1" }));
        Assert.Equal(StatusCode.FailedPrecondition,
            await RefusedAsync(miner, token, new AgentHello(hello) { SectorSize = 4096 }));
        Assert.Equal(StatusCode.FailedPrecondition,
            await RefusedAsync(miner, token, new AgentHello(hello) { Miner = "t01001" }));
        Assert.Equal(StatusCode.FailedPrecondition,
            await RefusedAsync(miner, token, new AgentHello(hello) { Region = "a/b" }));
    }

    [Fact]
    public async Task Bulk_ProofThatNobodyWants_IsRefusedAndLeavesNothing()
    {
        await using var miner = await RunningMiner.StartAsync(Repository);
        await miner.CommandAsync("sectors", "pledge");
        using var client = miner.Client();
        var token = await client.CallAsync<string>("FederationCreateAgentToken", ["east-1"]);
        var proof = Encoding.ASCII.GetBytes("proof");
        var header = new ProofHeader { Sector = 1, Epoch = 1, Order = 3, Bytes = 5,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(proof)) };

        Assert.StartsWith("stale: nobody holds sector 1", (await UploadAsync(miner, token, header, proof)).Reason,
            StringComparison.Ordinal);
        Assert.StartsWith("stale: there is no sector 9",
            (await UploadAsync(miner, token, new ProofHeader(header) { Sector = 9 }, proof)).Reason,
                StringComparison.Ordinal);
        Assert.StartsWith("invalid",
            (await UploadAsync(miner, token, new ProofHeader(header) { Bytes = ulong.MaxValue }, proof)).Reason,
                StringComparison.Ordinal);
        Assert.StartsWith("invalid",
            (await UploadAsync(miner, token, new ProofHeader(header) { Sha256 = "../../etc" }, proof)).Reason,
                StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.Combine(miner.Repository, "proofs")));
        await Assert.ThrowsAsync<RpcException>(() => UploadAsync(miner, "x", header, proof));
    }

    [Theory]
    [InlineData("{\"jsonrpc\": \"2.0\", \"method\": \"Filecoin.ActorAddress\", \"params\": [], \"id\": 1}", false, 200,
        "{\"id\":1,\"jsonrpc\":\"2.0\",\"result\":\"t01000\"}\n")]
    [InlineData("{\"jsonrpc\": \"2.0\", \"method\": \"Filecoin.PledgeSector\", \"params\": [], \"id\": 1}", false, 200,
        "{\"error\":{\"code\":1,\"message\":\"missing permission to invoke 'PledgeSector' (need 'write')\"},\"id\":1,\"jsonrpc\":\"2.0\"}\n")]
    [InlineData("{\"jsonrpc\": \"2.0\", \"method\": \"Filecoin.SectorsStatus\", \"params\": [], \"id\": 1}", true, 500,
        "{\"error\":{\"code\":-32602,\"message\":\"wrong param count (method 'Filecoin.SectorsStatus'): 0 != 2\"},\"id\":1,\"jsonrpc\":\"2.0\"}\n")]
    [InlineData("{\"jsonrpc\": \"2.0\", \"method\": \"Filecoin.SectorsStatus\", \"params\": [99, false], \"id\": 1}",
        true, 200, "{\"error\":{\"code\":1,\"message\":\"No state for /99: datastore: key not found\"},\"id\":1,\"jsonrpc\":\"2.0\"}\n")]
    [InlineData("{\"jsonrpc\": \"2.0\", \"method\": \"Filecoin.PledgeSector\", \"params\": [], \"id\": 1}", true, 200,
        "{\"id\":1,\"jsonrpc\":\"2.0\",\"result\":{\"Miner\":1000,\"Number\":1}}\n")]
    [InlineData("{\"jsonrpc\": \"2.0\", \"method\": \"Filecoin.SectorsList\", \"params\": [], \"id\": 1}", true, 200,
        "{\"id\":1,\"jsonrpc\":\"2.0\",\"result\":[]}\n")]
    [InlineData("{\"jsonrpc\": \"2.0\", \"method\": \"Filecoin.ActorSectorSize\", \"params\": [\"t01000\"], \"id\": 1}",
        true, 200, "{\"id\":1,\"jsonrpc\":\"2.0\",\"result\":2048}\n")]
    [InlineData("{\"jsonrpc\": \"2.0\", \"method\": \"Filecoin.WorkerJobs\", \"params\": [], \"id\": 1}", true, 200,
        "{\"id\":1,\"jsonrpc\":\"2.0\",\"result\":{}}\n")]
    public async Task Api_Request_IsAnsweredAsLotusAnswersIt(string body, bool withToken, int status, string expected)
    {
        await using var miner = await RunningMiner.StartAsync(Repository);
        using var http = new HttpClient { BaseAddress = miner.ApiUri() };
        using var request = new HttpRequestMessage(HttpMethod.Post, "rpc/v0") { Content = new StringContent(body) };
        request.Headers.Authorization = withToken ? new AuthenticationHeaderValue("Bearer", miner.Token()) : null;
        using var answer = await http.SendAsync(request);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(expected, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<MinerMessage> AttachAsync(RunningMiner miner, string token, AgentHello hello)
    {
        using var bound = new CancellationTokenSource(RunningMiner.Bound);
        using var channel = Channel(miner.Port, token);
        using var call = new MinerGateClient(channel).Attach(bound.Token);
        await call.RequestStream.WriteAsync(new AgentMessage { Hello = hello }, bound.Token);
        Assert.True(await call.ResponseStream.MoveNext(bound.Token));
        return call.ResponseStream.Current;
    }

    private static async Task<StatusCode> RefusedAsync(RunningMiner miner, string token, AgentHello hello) =>
        (await Assert.ThrowsAsync<RpcException>(() => AttachAsync(miner, token, hello))).StatusCode;

    private static async Task<ProofReceipt> UploadAsync(
        RunningMiner miner, string token, ProofHeader header, byte[] proof)
    {
        using var channel = Channel(miner.Port + 100, token);
        using var call = new MinerBulkClient(channel).UploadProof(new CallOptions(Timeout: RunningMiner.Bound));
        await call.RequestStream.WriteAsync(new ProofChunk { Header = header, Data = ByteString.CopyFrom(proof) });
        await call.RequestStream.CompleteAsync();
        return await call.ResponseAsync;
    }

    private static RpcChannel Channel(int port, string token) => new(
        $"http://127.0.0.1:{port}",
        new RpcChannelOptions { MetadataProvider = _ =>
            ValueTask.FromResult(new Metadata { { "authorization", $"Bearer {token}" } }) });
}
