using System.Net;
using Federation.Hosting.Net;

namespace Federation.Integration.Tests.Support;

// Repositories and configuration, made by the programs' own commands.
public sealed partial class TestFederation
{
    private async Task PrepareMinerAsync()
    {
        await CommandAsync("miner-init", TestPrograms.Miner, ["init", "--sector-size", _options.SectorSize, "--devnet-proofs", Proofs],
            MinerEnvironment());
        await File.WriteAllTextAsync(Path.Combine(MinerRepository, "config.toml"), $"""
            [API]
              ListenAddress = "/ip4/127.0.0.1/tcp/{ApiPort}/http"
            [SealAgent]
              EtcdAddrs = [{(_etcd is null ? "" : $"\"127.0.0.1:{StorePort}\"")}]
              StoreListen = "127.0.0.1:{StorePort}"
              ServeIP = "127.0.0.1"
              ServePort = {ServePort}
              LeaseTTL = "{_options.LeaseTtl}"
              Grace = "{_options.Grace}"
              {AdvertiseLines()}
            {TlsLines()}
            [Devnet]
              Proofs = "{Proofs}"
            """);
    }

    private string Proofs => _options.Parameters is null ? "vanilla" : "groth16";

    private TlsMaterial? Tls() => Certificates is null ? null : TlsMaterial.Load(Certificates.Security);

    private string TlsLines() => Certificates is null
        ? ""
        : $"""
              TlsCert = "{Certificates.CertFile}"
              TlsKey = "{Certificates.KeyFile}"
              TlsCA = "{Certificates.CAFile}"
            """;

    private string AdvertiseLines()
    {
        if (!_options.Proxied)
        {
            return "";
        }

        StoreProxy = new CountingProxy(new IPEndPoint(IPAddress.Loopback, StorePort));
        MinerProxy = new CountingProxy(new IPEndPoint(IPAddress.Loopback, ServePort));
        BulkProxy = new CountingProxy(new IPEndPoint(IPAddress.Loopback, ServePort + 100));
        return $"AdvertiseAddrs = [\"{MinerProxy.Address}\", \"{BulkProxy.Address}\"]";
    }

    private async Task PrepareRegionAsync(TestRegion region)
    {
        var token = Path.Combine(Folder, region.Name + ".token");
        await CommandAsync(
            $"token-{region.Name}", TestPrograms.Miner, ["auth", "create-agent-token", region.Name, "--out", token],
            MinerEnvironment());
        Dictionary<string, string> environment = new() { ["LOTUS_AGENT_PATH"] = region.Repository };
        await CommandAsync(
            $"init-{region.Name}", TestPrograms.Agent,
            ["init", "--region", region.Name, "--name", region.Name, "--miner-token", token], environment);
        await CommandAsync(
            $"attach-{region.Name}", TestPrograms.Agent,
            ["storage", "attach", "--init", "--seal", "--store", region.Storage], environment);
        var storePort = StoreProxy is not null && region == Regions[0] ? StoreProxy.Port : StorePort;
        await File.WriteAllTextAsync(Path.Combine(region.Repository, "config.toml"), $"""
            [SealAgent]
              Name = "{region.Name}"
              Region = "{region.Name}"
              EtcdAddrs = ["127.0.0.1:{storePort}"]
              ServeIP = "127.0.0.1"
              ServePort = {region.ServePort}
              LeaseTTL = "{_options.LeaseTtl}"
            {TlsLines()}
            """);
    }

    /// <summary>Without parameters there are none, whatever the machine has: a test knows what it runs with.</summary>
    private string ParameterFolder => _options.Parameters ?? Path.Combine(Folder, "no-parameters");

    private Dictionary<string, string> MinerEnvironment() => new()
    {
        ["LOTUS_STORAGE_PATH"] = MinerRepository, ["FIL_PROOFS_PARAMETER_CACHE"] = ParameterFolder,
    };

    private async Task CommandAsync(
        string name, string program, string[] arguments, Dictionary<string, string> environment)
    {
        var process = Run(name, program, arguments, environment);
        var exit = await process.WaitAsync(StartBound);
        Assert.True(exit == 0, $"{name} ended with {exit}:\n{process.Tail()}");
        _all.Remove(process);
    }

    private ChildProcess Run(string name, string program, string[] arguments, Dictionary<string, string> environment)
    {
        var process = ChildProcess.Start(name, Path.Combine(Folder, name + ".log"), program, arguments, environment);
        _all.Add(process);
        return process;
    }
}
