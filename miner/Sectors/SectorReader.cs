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
            var actual = RegionOf(view);
            if (view is null || actual is null || actual == known)
            {
                return view;
            }

            known = actual;
        }
    }

    private static string? RegionOf(SectorView? view) => view switch
    {
        { Claim.Record.Region: { Length: > 0 } claimed } => claimed,
        { Record.Region: { Length: > 0 } recorded } => recorded,
        _ => null,
    };

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
            Others<QueueRecord>(read[1], ref unreadable),
            Others<JobRecord>(read.ElementAtOrDefault(3), ref unreadable),
            Others<ReportRecord>(read.ElementAtOrDefault(4), ref unreadable),
            Others<ClaimRecord>(read[2], ref unreadable))
        {
            Unreadable = unreadable,
        };
    }

    /// <summary>
    /// A record that an agent writes too: what is wrong with it is the sector's trouble, not the miner's.
    /// </summary>
    private static Versioned<T>? Others<T>(StoreEntry? entry, ref string? unreadable)
        where T : class, IMessage<T>, new()
    {
        try
        {
            return Versioned.FromOrNull<T>(entry);
        }
        catch (InvalidRecordException error)
        {
            unreadable ??= error.Message;
            return null;
        }
    }
}
