using System.Net;
using System.Net.Sockets;
using Federation.Hosting;
using Federation.Hosting.Net;
using Federation.Launcher.Layout;
using Federation.Launcher.Up;
using Federation.Testing;

namespace Federation.Launcher.Tests;

public sealed class PlannerTests : IDisposable
{
    private static readonly UpOptions Defaults = new(
        "bin", "/dir", Store: null, Install: false, Proofs: null, Sectors: 2, SectorSize: null, Regions: null,
        Workers: null, Exit: true, Json: false);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Plan_NewFolder_HasTwoRegionsAndPortsThatNobodyShares()
    {
        var plan = Planner.Plan(Defaults, existing: null, Ports());

        Assert.Equal(["region-1", "region-2"], plan.Regions.Select(region => region.Name));
        Assert.Equal(
            (StoreKind.Embedded, ProofKind.Groth16, "2KiB", 2),
            (plan.Store, plan.Proofs, plan.SectorSize, plan.WorkersPerRegion));
        var serve = plan.Regions.Select(region => region.AgentPort).Append(plan.MinerPort);
        var all = serve.SelectMany(port => new[] { port, port + 1, port + 100 })
            .Concat([plan.ApiPort, plan.StorePort, plan.StorePeerPort]).ToList();
        Assert.Equal(all.Count, all.Distinct().Count());
    }

    [Fact]
    public void Plan_Resumed_KeepsPortsThatAreFreeAndReplacesThoseThatAreNot()
    {
        var first = Planner.Plan(Defaults, existing: null, Ports());
        using var stranger = new TcpListener(IPAddress.Loopback, first.MinerPort + 100);
        stranger.Start();

        var second = Planner.Plan(Defaults, first, Ports());

        Assert.Equal(first.StorePort, second.StorePort);
        Assert.Equal(first.Regions, second.Regions);
        Assert.NotEqual(first.MinerPort, second.MinerPort);
    }

    [Fact]
    public void Plan_ResumedAsAnotherKind_IsRefused()
    {
        var plan = Planner.Plan(Defaults, existing: null, Ports());

        Assert.Equal("/dir holds a federation with --store embedded, which cannot become etcd",
            Refusal(Defaults with { Store = StoreKind.Etcd }));
        Assert.Equal("/dir holds a federation with --proofs groth16, which cannot become vanilla",
            Refusal(Defaults with { Proofs = ProofKind.Vanilla }));
        Assert.Equal("/dir holds a federation with --sector-size 2KiB, which cannot become 8MiB",
            Refusal(Defaults with { SectorSize = "8MiB" }));
        Assert.Equal(
            "/dir holds a federation with --regions 2, which cannot become 3", Refusal(Defaults with { Regions = 3 }));
        Assert.Equal(
            "/dir holds a federation with --workers 2, which cannot become 1", Refusal(Defaults with { Workers = 1 }));
        Planner.Plan(Defaults with { Store = StoreKind.Embedded, Regions = 2 }, plan, Ports());

        string Refusal(UpOptions options) =>
            Assert.Throws<OperatorException>(() => Planner.Plan(options, plan, Ports())).Message;
    }

    [Fact]
    public void Read_OfWritten_IsTheSamePlan()
    {
        var path = Path.Combine(_folder.Root, "federation.json");
        var plan = Planner.Plan(Defaults with { Store = StoreKind.Etcd }, existing: null, Ports());
        plan.Write(path);

        Assert.Equivalent(plan, FederationPlan.Read(path), strict: true);
        File.WriteAllText(path, "{");
        Assert.StartsWith($"{path} is damaged",
            Assert.Throws<OperatorException>(() => FederationPlan.Read(path)).Message, StringComparison.Ordinal);
    }

    /// <summary>Before there was a choice, devnets took vanilla proofs.</summary>
    [Fact]
    public void Plan_FolderOfBeforeGroth16_StaysVanilla()
    {
        var path = Path.Combine(_folder.Root, "federation.json");
        Planner.Plan(Defaults, existing: null, Ports()).Write(path);
        var lines = File.ReadAllLines(path);
        File.WriteAllLines(path, lines.Where(line => !line.Contains("\"Proofs\"", StringComparison.Ordinal)));
        Assert.Equal(lines.Length - 1, File.ReadAllLines(path).Length);

        var plan = Planner.Plan(Defaults, FederationPlan.Read(path), Ports());

        Assert.Equal(ProofKind.Vanilla, plan.Proofs);
        Assert.Equal(
            "/dir holds a federation with --proofs vanilla, which cannot become groth16",
            Assert.Throws<OperatorException>(
                () => Planner.Plan(Defaults with { Proofs = ProofKind.Groth16 }, plan, Ports())).Message);
    }

    private static FreePorts Ports()
    {
        var (first, last) = PortBlock.Range();
        return new FreePorts(new Random(Environment.ProcessId), first, last);
    }
}
