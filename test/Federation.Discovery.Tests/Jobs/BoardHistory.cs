using Federation.Discovery.Store;
using Federation.Proto.Records;

namespace Federation.Discovery.Tests.Jobs;

/// <summary>Goes through everything that happened on a board, revision by revision, and checks its laws at
/// each.</summary>
internal sealed class BoardHistory(FederationKeys keys)
{
    private readonly Dictionary<ulong, QueueRecord> _offers = [];
    private readonly Dictionary<ulong, (string Region, JobRecord Job)> _jobs = [];
    private readonly Dictionary<ulong, ClaimRecord> _claims = [];
    private readonly Dictionary<string, ReportRecord> _reports = [];
    private readonly Dictionary<ulong, (ulong Epoch, string Agent)> _lastClaims = [];

    public int Claims { get; private set; }

    public int Adoptions { get; private set; }

    public int Reports { get; private set; }

    /// <summary>Takes all changes of one revision.</summary>
    public void Apply(IEnumerable<WatchChange> changes)
    {
        var all = changes.ToArray();
        foreach (var change in all)
        {
            Apply(change);
        }

        foreach (var change in all)
        {
            CheckAfter(change);
        }
    }

    private void Apply(WatchChange change)
    {
        var key = change.Entry.Key;
        if (key.StartsWith(keys.Queue, StringComparison.Ordinal))
        {
            Set(_offers, SectorOf(key), change, static entry => Versioned.From<QueueRecord>(entry).Record);
        }
        else if (key.StartsWith(keys.Claims, StringComparison.Ordinal))
        {
            Set(_claims, SectorOf(key), change, static entry => Versioned.From<ClaimRecord>(entry).Record);
        }
        else if (keys.TryParseJob(key, out var region, out var sector))
        {
            Set(_jobs, sector, change, entry => (region, Versioned.From<JobRecord>(entry).Record));
        }
    }

    private void CheckAfter(WatchChange change)
    {
        var key = change.Entry.Key;
        if (key.StartsWith(keys.Claims, StringComparison.Ordinal) && !change.IsDelete)
        {
            CheckClaim(SectorOf(key));
        }
        else if (key.StartsWith(keys.Reports, StringComparison.Ordinal))
        {
            CheckReport(key, change);
        }

        var sector = SectorOf(key);
        if (_offers.ContainsKey(sector))
        {
            Assert.False(_claims.ContainsKey(sector), $"{key}: on offer and claimed");
            Assert.True(!_jobs.TryGetValue(sector, out var job)
                || job.Job.Agent.Length == 0, $"{key}: on offer and held");
        }
    }

    /// <summary>The epoch grows by one with each claim; it stays only when the same agent takes its job back.</summary>
    private void CheckClaim(ulong sector)
    {
        var claim = _claims[sector];
        var (epoch, agent) = _lastClaims.GetValueOrDefault(sector);
        if (claim.Epoch == epoch)
        {
            Assert.Equal(agent, claim.Agent);
            Adoptions++;
        }
        else
        {
            Assert.Equal(epoch + 1, claim.Epoch);
            Claims++;
        }

        Assert.Equal((claim.Epoch, claim.Agent, claim.Region),
            (_jobs[sector].Job.Epoch, _jobs[sector].Job.Agent, _jobs[sector].Region));
        _lastClaims[sector] = (claim.Epoch, claim.Agent);
    }

    /// <summary>A report is the claim holder's, of the job's epoch and order, and DONE stays DONE under its
    /// order.</summary>
    private void CheckReport(string key, WatchChange change)
    {
        if (change.IsDelete)
        {
            _reports.Remove(key);
            return;
        }

        var report = Versioned.From<ReportRecord>(change.Entry).Record;
        var job = _jobs[report.Sector].Job;
        Assert.True(_claims.ContainsKey(report.Sector), $"{key}: reported without a claim");
        Assert.Equal((job.Epoch, job.Order.Number), (report.Epoch, report.Order));
        if (_reports.TryGetValue(key, out var before) && before.Order == report.Order)
        {
            Assert.All(before.Phases.Where(static p => p.State == PhaseState.Done), done =>
                Assert.Contains(done, report.Phases));
        }

        _reports[key] = report;
        Reports++;
    }

    private static void Set<T>(Dictionary<ulong, T> records, ulong sector, WatchChange change, Func<StoreEntry, T> read)
    {
        if (change.IsDelete)
        {
            records.Remove(sector);
        }
        else
        {
            records[sector] = read(change.Entry);
        }
    }

    private static ulong SectorOf(string key) =>
        ulong.TryParse(key[(key.LastIndexOf('/') + 1)..], out var sector) ? sector : ulong.MaxValue;
}
