using Federation.Miner.Api;
using Federation.Miner.Cli;

namespace Federation.Miner.Tests.Cli;

/// <summary>Tables and blocks as operators' scripts parse them: tabs, widths and trailing spaces count.</summary>
public sealed class SectorTextTests
{
    private static readonly SectorListing Listing = new(3_000, 30, [
        Sector(2, "Proving", expiration: 1_549_465, events: 12, sealSeconds: 635.4),
        Sector(3, "PreCommitBatchWait", events: 6),
        Sector(14, "CommitFailed", events: 9, error: "no luck", needsOperator: true),
    ]);

    [Fact]
    public void List_Default_HasLotusColumnsAndErrorsOnTheirOwnLines() => Assert.Equal(
        """
        ID  State               OnChain  Active  Expiration                    Deals  
        2   Proving             YES      YES     1549465 (in 1 year 24 weeks)  CC     
        3   PreCommitBatchWait  NO       NO      n/a                           CC     
        14  CommitFailed        NO       NO      n/a                           CC     
          Error: no luck (an operator is needed)

        """, SectorText.List(Listing, new SectorColumns(Fast: false, Events: false, SealTime: false)));

    [Fact]
    public void List_FastWithEventsAndSealTime_ShowsJustThose() => Assert.Equal(
        """
        ID  State               OnChain  Active  SealTime  Events  Deals  
        2   Proving             YES      YES     10m35s    12      CC     
        3   PreCommitBatchWait  NO       NO                6       CC     
        14  CommitFailed        NO       NO                9       CC     
          Error: no luck (an operator is needed)

        """, SectorText.List(Listing, new SectorColumns(Fast: true, Events: true, SealTime: true)));

    [Fact]
    public void Status_WithLog_HasLotusLinesAndTabs() => Assert.Equal(
        "SectorID:\t2\nStatus:\t\tCommitting\nCIDcommD:\tbaga\nCIDcommR:\tbagb\nTicket:\t\tadc3\nTicketH:\t-875\nSeed:\t\t7256\n"
        + "SeedH:\t\t42\nPrecommit:\tbafy\nCommit:\t\t<nil>\nDeals:\t\t[0]\nRetries:\t1\nLast Error:\t\tno luck\n\nExpiration Info\n"
        + "OnTime:\t\t0\nEarly:\t\t0\n--------\nEvent Log:\n"
        + "0.\t2026-11-21 06:06:13 +0000 UTC:\t[event;sealing.SectorStartCC]\t{\"User\":{\"ID\":2,\"SectorType\":5}}\n",
        SectorText.Status(Status(), null, log: true));

    [Fact]
    public void Status_OnChain_SaysWhenTheSectorIsNotThereAndWhatItIsWhenItIs()
    {
        Assert.EndsWith("Early:\t\t0\nSector status not found on chain\n",
            SectorText.Status(Status(), Listing, log: false), StringComparison.Ordinal);
        var active = Status() with { Activation = 2_980, Expiration = 1_549_465, OnTime = 1_549_465 };
        Assert.EndsWith(
            "OnTime:\t\t1549465\nEarly:\t\t0\n\nSector On Chain Info\nSealProof:\t\t5\nActivation:\t\t2980 (10 minutes ago)\n"
            + "Expiration:\t\t1549465 (in 1 year 24 weeks)\nDealWeight:\t\t0\nVerifiedDealWeight:\t\t0\nInitialPledge:\t\t0\n",
            SectorText.Status(active, Listing, log: false),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Jobs_SeveralStates_HasLotusColumns()
    {
        var now = new DateTimeOffset(2026, 11, 21, 6, 12, 29, TimeSpan.Zero);
        WorkerJob Job(string id, ulong sector, string task, int runWait, double seconds) => new(
            new CallId(new SectorId(1000, sector), id), new SectorId(1000, sector), task, runWait,
                now - TimeSpan.FromSeconds(seconds), "lan-worker-1");
        Assert.Equal(
            """
            ID        Sector  Worker    Hostname      Task  State        Time
            a03be197  3       b8a857ae  lan-worker-1  C2    running      43.4s
            3be7bb7d  2       b8a857ae  lan-worker-1  PC1   ret-wait     1h0m5s
            00000000  12      00000000  lan-worker-1  AP    assigned(1)  500ms

            """,
            SealingText.Jobs([
                ("b8a857ae-f30e-490b-992c-c762c37581cf", Job("a03be197-19a4", 3, "seal/v0/commit/2", 0, 43.42)),
                ("b8a857ae-f30e-490b-992c-c762c37581cf", Job("3be7bb7d-3fd5", 2, "seal/v0/precommit/1", -1, 3605)),
                ("", Job("", 12, "seal/v0/addpiece", 2, 0.59)),
            ], now));
    }

    [Fact]
    public void Jobs_ProgressIsKnown_IsTheLastColumn()
    {
        var now = new DateTimeOffset(2026, 11, 21, 6, 12, 29, TimeSpan.Zero);
        WorkerJob Job(ulong sector, JobProgress? progress) => new(
            new CallId(new SectorId(1000, sector), "a03be197-19a4"), new SectorId(1000, sector), "seal/v0/precommit/1",
            0,
            now - TimeSpan.FromSeconds(10), "h", progress);
        Assert.Equal(
            """
            ID        Sector  Worker    Hostname  Task  State    Time  Progress
            a03be197  1       00000001  h         PC1   running  10s   42.3% layer 5/11, 12%/h, 4h48m29s left
            a03be197  2       00000001  h         PC1   running  10s   7.0% tree-d, 1.5%/s, 1m2s left
            a03be197  3       00000001  h         PC1   running  10s   0.0% tree-d
            a03be197  4       00000001  h         PC1   running  10s

            """,
            string.Join('\n', SealingText.Jobs([
                ("00000001-", Job(1, new JobProgress("layer 5/11", 42.3, 12.0 / 3600, 17309))),
                ("00000001-", Job(2, new JobProgress("tree-d", 7, 1.5, 61.2))),
                ("00000001-", Job(3, new JobProgress("tree-d", 0, 0, null))),
                ("00000001-", Job(4, null)),
            ], now).Split('\n').Select(static line => line.TrimEnd())));
    }

    [Fact]
    public void Jobs_NobodyCanRunOne_SaysWhyInTheLastColumn()
    {
        var id = new SectorId(1000, 12);
        var job = new WorkerJob(new CallId(id, ""), id, "seal/v0/commit/2", 2, default, "", null, "no worker; start one");
        Assert.Equal(
            """
            ID        Sector  Worker    Hostname  Task  State        Time  Progress
            00000000  12      00000000            C2    assigned(1)  0s    waits: no worker; start one

            """,
            string.Join('\n', SealingText.Jobs([("", job)], default).Split('\n').Select(static line => line.TrimEnd())));
    }

    [Fact]
    public void ListAndStatus_SectorWaits_SayWhyBesideTheError()
    {
        var sectors = Listing with { Sectors = [Sector(3, "Committing", error: "no luck") with { Wait = "no worker" }] };
        Assert.EndsWith(
            "\n  Error: no luck\n  Waits: no worker\n", SectorText.List(sectors, new SectorColumns(true, false, false)),
            StringComparison.Ordinal);
        Assert.Contains(
            "Last Error:\t\tno luck\nWaits:\t\tno worker\n\nExpiration Info",
            SectorText.Status(Status() with { Wait = "no worker" }, null, log: false), StringComparison.Ordinal);
    }

    [Fact]
    public void Jobs_None_IsTheHeaderAlone() =>
        Assert.Equal("ID  Sector  Worker  Hostname  Task  State  Time\n", SealingText.Jobs([], default));

    [Fact]
    public void Workers_OneBusyOneDisabled_HaveLotusBlocks()
    {
        const ulong GiB = 1UL << 30;
        WorkerStats Worker(string host, bool enabled, ulong cpuUse, Dictionary<string, int> counts) => new(
            new WorkerInfo(host, false, new WorkerResources(16 * GiB, 4 * GiB, 0, 0, 2, [], null)), [], enabled, 0, 0,
                0, cpuUse, counts,
            "a", "east", new Dictionary<string, uint> { ["seal/v0/precommit/1"] = 4 });
        var bar = new string('|', 16) + new string(' ', 48);
        Assert.Equal(
            "Worker 4b36d924, host miner-1 (disabled)\n"
            + $"\tCPU:  [{new string(' ', 64)}] 0/2 core(s) in use\n\tRAM:  [{bar}] 25% 4 GiB/16 GiB\n\tVMEM: [{bar}] 25% 4 GiB/16 GiB\n"
            + "Worker b8a857ae, host lan-worker-1\n\tTASK: C2(2) PC1(1/4) \n\tLANES: PC1 of up to 4 sectors in lockstep\n"
            + $"\tCPU:  [{new string('|', 64)}] 2/2 core(s) in use\n\tRAM:  [{bar}] 25% 4 GiB/16 GiB\n\tVMEM: [{bar}] 25% 4 GiB/16 GiB\n",
            SealingText.Workers(new Dictionary<string, WorkerStats>
            {
                ["b8a857ae"] = Worker("lan-worker-1", true, 2,
                    new Dictionary<string,
                    int> { ["seal/v0/precommit/1"] = 1, ["seal/v0/commit/2"] = 2 }) with { Lanes = 4 },
                ["4b36d924"] = Worker("miner-1", false, 0, []),
            }));
    }

    private static SectorSummary Sector(
        ulong number, string state, long? expiration = null, uint events = 0, double? sealSeconds = null,
            string error = "",
        bool needsOperator = false) => new(
        number, state, expiration is not null, expiration is not null, expiration, events, sealSeconds, "east", "a",
            needsOperator, error, "", "");

    private static SectorStatus Status() => new()
    {
        SectorID = 2,
        State = "Committing",
        CommD = new CidLink("baga"),
        CommR = new CidLink("bagb"),
        Pieces = [],
        Ticket = new SealRandomness([0xad, 0xc3], -875),
        Seed = new SealRandomness([0x72, 0x56], 42),
        PreCommitMsg = new CidLink("bafy"),
        CommitMsg = null,
        Retries = 1,
        LastErr = "no luck",
        Log = [new SectorLogEntry(
            "event;sealing.SectorStartCC", 1_795_241_173, "", "{\"User\":{\"ID\":2,\"SectorType\":5}}")],
        SealProof = 5,
        Region = "east",
        Agent = "a",
        NeedsOperator = false,
        PhaseSeconds = new Dictionary<string, double>(),
    };
}
