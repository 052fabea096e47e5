using Federation.Launcher.Layout;
using Federation.Launcher.Parameters;
using Federation.Launcher.Summary;
using Federation.Launcher.Wan;
using Federation.Proofs.Groth16.Parameters;
using static Federation.Launcher.Tests.TextConsole;

namespace Federation.Launcher.Tests;

public sealed class SummaryTests
{
    [Theory]
    [InlineData(
        true, true, "ETCDCTL_API=3 etcdctl --endpoints=127.0.0.1:2379 get --prefix /federation/",
        "To look further while it runs:")]
    [InlineData(
        false, false, "LOTUS_STORAGE_PATH=/dir/miner ./fed miner store get --prefix /federation/",
        "To look further, resume it by ./fed up --dir /dir, and:")]
    public void Print_Summary_SaysCountsTimesBytesAndHowToLookFurther(
        bool hasEtcdctl, bool runsOn, string command, string heading)
    {
        var (console, output) = NewConsole(height: 40);
        SummaryText.Print(console, Summary(), hasEtcdctl, runsOn);

        var text = Lines(output);
        Assert.Contains("1 of 2 sectors of 2KiB are proving (region-1: 1, region-2: 1), after 12.3 s.", text,
            StringComparison.Ordinal);
        Assert.Contains("│ AP    │       2 │ 1.00 s │  1.50 s │", text, StringComparison.Ordinal);
        Assert.Contains(
            "6,000 bytes per sector crossed between region and store or miner: "
                + "10,000 to and from the store, 2,000 the miner.",
            text, StringComparison.Ordinal);
        Assert.Contains(
            "12.5 bytes a second and agent went on flowing (keepalives, and what a table asks): about 309 of the bytes "
                + "above. Sealing took 5,846 a sector.\n",
            text, StringComparison.Ordinal);
        Assert.Contains("Counted apart: 50,000 bytes of vanilla proofs", text, StringComparison.Ordinal);
        Assert.DoesNotContain("test parameters", text, StringComparison.Ordinal);
        Assert.Contains($"\n{heading}\n  {command}", text, StringComparison.Ordinal);
        Assert.Contains(
            "\n  LOTUS_STORAGE_PATH=/dir/miner ./fed miner sectors status --log 1", text, StringComparison.Ordinal);
    }

    /// <summary>While parameters are made there is nobody who could send anything.</summary>
    [Fact]
    public void IdleBytes_ParametersWereMade_CountOnlyTheTimeAfter()
    {
        var summary = Summary() with
        {
            Seconds = 100,
            Parameters = new ParameterSummary(new ParameterFolder("/cache"), ParameterOrigin.TestParameters, 40),
        };

        Assert.Equal(12.5 * 2 * 60, summary.IdleBytes);
        Assert.Equal(0, (summary with { IdleBytesPerSecond = 1e6 }).SealingBytesPerSector);
        Assert.Null((summary with { IdleBytesPerSecond = null }).SealingBytesPerSector);
    }

    [Fact]
    public void Print_SummaryOfGroth16_SaysWhatParametersTook()
    {
        var (console, output) = NewConsole(height: 40);
        SummaryText.Print(
            console,
            Summary() with
            {
                Proofs = ProofKind.Groth16,
                Parameters = new ParameterSummary(new ParameterFolder("/cache"), ParameterOrigin.TestParameters, 41.23),
                Wan = new WanBytes(10_000, 2_000, 900),
                Phases = RunSummary.SumUp([new Dictionary<string, double> { ["FIN"] = 1, ["C2"] = 17.5, ["C1"] = 1 }]),
            },
            hasEtcdctl: false, runsOn: false);

        var text = Lines(output);
        Assert.Contains(
            "after 12.3 s.\nOf these, 41.2 s went into test parameters, which stay in /cache.\n", text,
            StringComparison.Ordinal);
        Assert.Contains(
            "│ C1    │       1 │  1.00 s │  1.00 s │\n│ C2    │       1 │ 17.50 s │ 17.50 s │\n│ FIN ", text,
            StringComparison.Ordinal);
        Assert.Contains(
            "6,450 bytes per sector crossed between region and store or miner: "
                + "10,000 to and from the store, 2,000 the miner, 900 with the proofs.\n",
            text, StringComparison.Ordinal);
        Assert.DoesNotContain("vanilla", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Json_IsOneLineWithStableNames() => Assert.Equal(
        """
        {"sectors":2,"proving":1,"sector_size":"2KiB","proofs":"vanilla","parameters":null,"seconds":12.346,"regions":{"region-1":1,"region-2":1},"phases":{"AP":{"count":2,"seconds":2,"longest":1.5},"PC1":{"count":1,"seconds":2,"longest":2},"C1":{"count":1,"seconds":1,"longest":1}},"wan":{"bytes_per_sector":6000,"sealing_bytes_per_sector":5846,"store_bytes":10000,"miner_bytes":2000,"proof_bytes":50000,"idle_bytes_per_second_and_agent":12.5},"store":"embedded","store_endpoint":"127.0.0.1:2379","dir":"/dir"}
        """,
        SummaryJson.Write(Summary()));

    private static RunSummary Summary() => new()
    {
        Sectors = 2,
        Proving = 1,
        SectorSize = "2KiB",
        Proofs = ProofKind.Vanilla,
        Parameters = null,
        Seconds = 12.3456,
        Regions = new Dictionary<string, int> { ["region-1"] = 1, ["region-2"] = 1 },
        Phases = RunSummary.SumUp(
        [
            new Dictionary<string, double> { ["AP"] = 0.5 },
            new Dictionary<string, double> { ["PC1"] = 2, ["AP"] = 1.5, ["C1"] = 1 },
        ]),
        Wan = new WanBytes(10_000, 2_000, 50_000),
        IdleBytesPerSecond = 12.5,
        Agents = 2,
        Store = StoreKind.Embedded,
        StoreEndpoint = "127.0.0.1:2379",
        Folder = "/dir",
    };
}
