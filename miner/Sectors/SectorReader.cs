using Federation.Discovery;
using Federation.Discovery.Jobs;
using Federation.Discovery.Store;
using Federation.Proto.Records;
using Google.Protobuf;

namespace Federation.Miner.Sectors;

/// <summary>Reads all that there is of a sector at one revision.</summary>
internal sealed class SectorReader(JobBoard board)
{
    /// <summary>Reads; null when there is no such sector.</summary>
    /// <param name="sector">Its number.</param>
    /// <param name="region">Where its job was last seen; null when that is not known.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    public async Task<SectorView?> ReadAsync(ulong sector, string? region, CancellationToken cancellationToken)
    {
        for (var known = region; ;)
        {
            var view = await ReadInAsync(sector, known, cancellationToken);
            var actual = RegionOf(view, known);
            if (view is { Offer: null, Job: null, Claim: null } && !IsDone(view.Record.State))
            {
                // Neither on offer nor claimed: if there is a job, it lost its agent, maybe before this record or the
                // miner's watch had learned its region.
                actual = await JobsRegionAsync(sector, cancellationToken) ?? actual;
            }

            if (view is null || actual is null || actual == known)
            {
                return view;
            }

            known = actual;
        }
    }

    private static bool IsDone(string state) => state is SectorStates.Proving or SectorStates.Removed;

    private static string? RegionOf(SectorView? view, string? known) => view switch
    {
        { Claim.Record.Region: { Length: > 0 } claimed } => claimed,
        { Job: not null } => known,
        { Record.Region: { Length: > 0 } recorded } => recorded,
        _ => null,
    };

    private async Task<string?> JobsRegionAsync(ulong sector, CancellationToken cancellationToken)
    {
        var jobs = await board.Store.RangeAsync(
            new RangeQuery(board.Keys.Jobs, IsPrefix: true, KeysOnly: true), cancellationToken);
        return jobs.Entries
            .Select(job => board.Keys.TryParseJob(job.Key, out var region, out var number) && number == sector
                ? region : null)
            .FirstOrDefault(static region => region is not null);
    }

    private async Task<SectorView?> ReadInAsync(ulong sector, string? region, CancellationToken cancellationToken)
    {
        var keys = board.Keys;
        List<StoreOp> reads =
            [new GetOp(keys.Sector(sector)), new GetOp(keys.QueueOf(sector)), new GetOp(keys.Claim(sector))];
        if (!string.IsNullOrEmpty(region))
        {
            reads.AddRange([new GetOp(keys.Job(region, sector)), new GetOp(keys.Report(region, sector))]);
        }

        var read = (await board.Store.TxnAsync(new StoreTxn([], reads, []), cancellationToken)).Reads;
        if (Versioned.FromOrNull<SectorRecord>(read[0]) is not { } record)
        {
            return null;
        }

        string? unreadable = null;
        return new SectorView(
            record,
            Others<QueueRecord>(read[1], offer => offer.Sector == sector, ref unreadable),
            Others<JobRecord>(read.ElementAtOrDefault(3), job => job.Sector == sector, ref unreadable),
            Others<ReportRecord>(read.ElementAtOrDefault(4), report => report.Sector == sector, ref unreadable),
            Others<ClaimRecord>(read[2], static _ => true, ref unreadable))
        {
            Unreadable = unreadable,
        };
    }

    /// <summary>
    /// A record that an agent writes too: what is wrong with it is the sector's trouble, not the miner's.
    /// </summary>
    private static Versioned<T>? Others<T>(StoreEntry? entry, Func<T, bool> belongs, ref string? unreadable)
        where T : class, IMessage<T>, new()
    {
        try
        {
            var record = Versioned.FromOrNull<T>(entry);
            if (record is null || belongs(record.Record))
            {
                return record;
            }

            unreadable ??= $"the record at {record.Key} is that of another sector";
            return null;
        }
        catch (InvalidRecordException error)
        {
            unreadable ??= error.Message;
            return null;
        }
    }
}
