using System.Security.Cryptography;
using System.Text;
using Federation.Discovery;
using Federation.Discovery.Jobs;
using Federation.Discovery.Store;
using Federation.Discovery.Testing;
using Federation.Proto.Records;

namespace Federation.Miner.Tests.Sectors;

/// <summary>An agent as the job board sees one: claims, reports phases, uploads proofs, dies and comes back.</summary>
internal sealed class SimAgent(
    InMemoryStore store, JobBoard board, FakeShelf shelf, string name, string region, Random random)
{
    public const string ZeroPiece = "baga6ea4seaqpy7usqklokfx2vxuynmupslkeutzexe2uqurdg5vhtebhxqmpqmy";
    public const string ZeroCommD = "fc7e928296e516faade986b28f92d44a4f24b935485223376a799027bc18f833";

    private readonly AgentIdentity _me = new(name, region, "repository-of-" + name);
    private readonly Dictionary<ulong, (uint Order, uint Wanted)> _uploaded = [];
    private ILease? _lease;

    public string Region => region;

    /// <summary>Chance that a phase fails, and that a proof is not valid or does not arrive.</summary>
    public double FailureRate { get; set; }

    /// <summary>Changes what the agent says of a phase that is done.</summary>
    public Action<PhaseReport>? Spoil { get; set; }

    public Dictionary<string, int> PhasesDone { get; } = [];

    public void Die()
    {
        if (_lease is { } lease)
        {
            store.ExpireLease(lease.Id);
            _lease = null;
        }
    }

    /// <summary>Does one thing that there is to do; false when there is none.</summary>
    public async Task<bool> ActAsync()
    {
        if (_lease is null)
        {
            _lease = await store.GrantLeaseAsync(TimeSpan.FromSeconds(30), default);
            _uploaded.Clear();
        }

        foreach (var job in await JobsAsync())
        {
            if (job.Record.Agent == _me.Name && await WorkAsync(job))
            {
                return true;
            }
        }

        return await ClaimAsync();
    }

    private async Task<List<Versioned<JobRecord>>> JobsAsync()
    {
        var jobs = await store.RangeAsync(new RangeQuery(board.Keys.JobsIn(region), true), default);
        return [.. jobs.Entries.Select(Versioned.From<JobRecord>)];
    }

    private async Task<bool> ClaimAsync()
    {
        var offers = await store.RangeAsync(new RangeQuery(board.Keys.Queue, true), default);
        foreach (var offer in offers.Entries.Select(Versioned.From<QueueRecord>))
        {
            if ((offer.Record.Region.Length == 0 || offer.Record.Region == region)
                && await board.ClaimAsync(offer, _me, _lease!, default) is ClaimResult.Won)
            {
                return true;
            }
        }

        return false;
    }

    private async Task<bool> WorkAsync(Versioned<JobRecord> job)
    {
        var sector = job.Record.Sector;
        var claims = await store.RangeAsync(new RangeQuery(board.Keys.Claim(sector)), default);
        if (claims.Entries.Count == 0)
        {
            return await board.AdoptAsync(job, _me, _lease!, default) is ClaimResult.Won;
        }

        var reports = await store.RangeAsync(new RangeQuery(board.Keys.Report(region, sector)), default);
        var seen = reports.Entries.Count == 0 ? null : Versioned.From<ReportRecord>(reports.Entries[0]);
        var current = seen?.Record is { } record && record.Order == job.Record.Order.Number ? record
            : new ReportRecord();
        if (current.Phases.Any(static phase => phase.State == PhaseState.Failed))
        {
            return false;
        }

        var next = job.Record.Order.Phases.FirstOrDefault(
            phase => !current.Phases.Any(done => done.Phase == phase && done.State == PhaseState.Done));
        return next is null
            ? Upload(job.Record, current)
            : await board.ReportAsync(job, seen, Report(job.Record, current, next), _lease!, default) is not null;
    }

    private ReportRecord Report(JobRecord job, ReportRecord current, string phase)
    {
        var report = current.Clone();
        var running = report.Phases.FirstOrDefault(known => known.Phase == phase);
        if (running is null)
        {
            report.Phases.Add(new PhaseReport { Phase = phase, State = PhaseState.Running, Hostname = name });
            return report;
        }

        if (random.NextDouble() < FailureRate)
        {
            running.State = PhaseState.Failed;
            running.Failure = random.Next(3) == 0 ? FailureKind.InvalidInput : FailureKind.Temporary;
            running.Error = "the test says so";
            return report;
        }

        running.State = PhaseState.Done;
        running.Seconds = 1;
        PhasesDone[phase] = PhasesDone.GetValueOrDefault(phase) + 1;
        Fill(running, job, phase);
        Spoil?.Invoke(running);
        return report;
    }

    private void Fill(PhaseReport report, JobRecord job, string phase)
    {
        switch (phase)
        {
            case "AP":
                report.Pieces.Add(new Piece { Size = 2048, Cid = ZeroPiece });
                report.CommD = ZeroCommD;
                break;
            case "PC1":
                report.CommD = ZeroCommD;
                break;
            case "PC2":
                report.CommD = ZeroCommD;
                report.CommR = Hash($"{job.Sector}/{job.Order.Ticket}");
                break;
            case "C1" when job.Order.Phases.Contains("C2"):
                report.ProofSha256 = Hash("stays in the region");
                break;
            case "C1" or "C2":
                var bad = random.NextDouble() < FailureRate;
                var digest = Hash($"proof {job.Sector}/{job.Order.Seed}/{(bad ? random.Next() : 0)}");
                report.ProofSha256 = bad ? "bad" + digest[3..] : digest;
                report.ProofBytes = 1;
                break;
        }
    }

    private bool Upload(JobRecord job, ReportRecord current)
    {
        var wanted = (job.Order.Number, job.Order.ProofWanted);
        if (current.Phases.FirstOrDefault(phase => phase.Phase is "C1" or "C2" && phase.Phase == job.Order.Phases[^1])
                ?.ProofSha256 is not { Length: > 0 } proof
            || _uploaded.GetValueOrDefault(job.Sector) == wanted)
        {
            return false;
        }

        _uploaded[job.Sector] = wanted;
        if (random.NextDouble() >= FailureRate)
        {
            shelf.Put(job.Sector, proof);
        }

        return true;
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
