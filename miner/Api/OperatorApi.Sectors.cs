using Federation.Chain;
using Federation.Discovery;
using Federation.Discovery.Store;
using Federation.Hosting.JsonRpc;
using Federation.Miner.Sectors;
using Federation.Proto.Records;

namespace Federation.Miner.Api;

// Sectors: pledge, list, status, commands.
internal sealed partial class OperatorApi
{
    private const int PledgeTries = 100;

    private async Task<SectorId> PledgeAsync(CancellationToken stop)
    {
        var acting = Acting();
        await RequireListedAsync(stop);
        var spec = SealSpecs.ForNew(parts.Actor.Shape, parts.Actor.Id, parts.Chain.Parameters);
        var number = index.NextNumber();
        for (var attempt = 0; attempt < PledgeTries; attempt++)
        {
            // The watch may lag behind: a number that is taken is refused, and the next one tried.
            var candidate = number + (ulong)attempt;
            if (await AskStoreAsync(() => acting.Writer.CreateAsync(candidate, spec, stop)))
            {
                acting.Loop.Poke(candidate);
                // Who pledges and then lists finds the sector there.
                await Task.WhenAny(index.SeenAsync(candidate, stop), Task.Delay(ListingBound, time, stop));
                return new SectorId(parts.Actor.Id, candidate);
            }
        }

        throw new JsonRpcException($"no free sector number from {number} on was found: try again");
    }

    private async Task<IReadOnlyList<ulong>> NumbersAsync(Func<string, bool> inState, CancellationToken stop)
    {
        await RequireListedAsync(stop);
        return [.. index.Sectors.Where(sector => inState(sector.State)).Select(static sector => sector.Sector)];
    }

    private async Task<Dictionary<string, int>> SummaryAsync(CancellationToken stop)
    {
        await RequireListedAsync(stop);
        return Summary();
    }

    private Dictionary<string, int> Summary() =>
        index.Sectors.GroupBy(static sector => sector.State).ToDictionary(
            static group => group.Key, static group => group.Count());

    private async Task<SectorListing> ListAsync(CancellationToken stop)
    {
        await RequireListedAsync(stop);
        var sectors = new List<SectorSummary>();
        foreach (var sector in index.Sectors)
        {
            var chain = await parts.Chain.SectorAsync(sector.Sector, stop);
            var isActive = chain.ActivationEpoch is not null;
            var running = index.RunningPhase(sector);
            var region = sector.Region.Length > 0 ? sector.Region : index.RegionOf(sector.Sector) ?? "";
            sectors.Add(new SectorSummary(
                sector.Sector, sector.State, isActive, isActive, chain.Expiration, sector.LogEntries,
                SealSeconds(sector), region, sector.Agent, sector.NeedsOperator, sector.LastError,
                running?.Phase ?? "", SectorLogText.Name(running?.Hostname ?? ""), waits.Of(sector) ?? ""));
        }

        return new SectorListing(
            parts.Chain.Statistics().Epoch, parts.Chain.Parameters.EpochDuration.TotalSeconds, sectors);
    }

    private static double? SealSeconds(SectorRecord sector) => sector.State == SectorStates.Proving
        ? (sector.StateSinceUnixMs - sector.CreatedUnixMs) / 1000.0
        : null;

    private async Task<SectorStatus> StatusAsync(ulong number, bool onChain, CancellationToken stop)
    {
        var read = await AskStoreAsync(() => board.Store.RangeAsync(new RangeQuery(board.Keys.Sector(number)), stop));
        if (read.Entries.Count == 0)
        {
            throw new JsonRpcException($"No state for /{number}: datastore: key not found");
        }

        var sector = Versioned.From<SectorRecord>(read.Entries[0]).Record;
        var log = await AskStoreAsync(
            () => board.Store.RangeAsync(new RangeQuery(board.Keys.LogsOf(number), true), stop));
        var chain = onChain ? await parts.Chain.SectorAsync(number, stop) : null;
        var entries = log.Entries.Select(static entry => Versioned.From<LogRecord>(entry).Record).ToArray();
        return Status(sector, entries, chain) with { Wait = waits.Of(sector) ?? "" };
    }

    private static SectorStatus Status(SectorRecord sector, IReadOnlyList<LogRecord> log, OnChainSector? chain) => new()
    {
        SectorID = sector.Sector,
        State = sector.State,
        CommD = CidLink.OrNull(CommitmentCids.Unsealed(sector.CommD)),
        CommR = CidLink.OrNull(CommitmentCids.Sealed(sector.CommR)),
        Pieces = [.. sector.Pieces.Select(
            static piece => new SectorPiece(new LotusPiece(piece.Size, new CidLink(piece.Cid)), null))],
        Ticket = new SealRandomness(Bytes(sector.Ticket), sector.TicketEpoch),
        Seed = new SealRandomness(Bytes(sector.Seed), sector.SeedEpoch),
        PreCommitMsg = CidLink.OrNull(sector.PrecommitMessage),
        CommitMsg = CidLink.OrNull(sector.CommitMessage),
        Retries = (uint)sector.Failures.Values.Sum(static count => count),
        LastErr = sector.LastError,
        Log = [.. log.Select(static entry =>
            new SectorLogEntry(entry.Kind, entry.UnixMs / 1000, entry.Trace, entry.Message))],
        SealProof = sector.Spec.HasSealProof ? sector.Spec.SealProof : -1,
        Activation = chain?.ActivationEpoch ?? 0,
        Expiration = chain?.Expiration ?? 0,
        OnTime = chain?.Expiration ?? 0,
        Region = sector.Region,
        Agent = sector.Agent,
        NeedsOperator = sector.NeedsOperator,
        PhaseSeconds = new Dictionary<string, double>(sector.PhaseSeconds),
    };

    private static byte[]? Bytes(string hex) => hex.Length == 0 ? null : Convert.FromHexString(hex);

    private Task<object?> UpdateAsync(ulong sector, string state, CancellationToken stop) => SectorStates.IsValid(state)
        ? CommandAsync(sector,
            _ => (new SectorStep.Move(SectorEvent.ForceState, User: SectorLogText.State(state)) { Forced = state },
                null), stop)
        : throw new JsonRpcException($"\"{state}\" is not a valid state");

    private Task<object?> RemoveAsync(ulong sector, CancellationToken stop) => CommandAsync(
        sector,
        view => SectorTransitions.Next(view.Record.State, SectorEvent.Remove) is null
            ? (null, $"sector {sector} is {view.Record.State} already")
            : (new SectorStep.Move(SectorEvent.Remove), null),
        stop);

    private Task<object?> RetryAsync(ulong sector, CancellationToken stop) => CommandAsync(
        sector,
        view => SectorTransitions.Next(view.Record.State, SectorEvent.OperatorRetry) is null
            ? (null, $"sector {sector} is {view.Record.State}: only a sector in a failure state can be retried")
            : (new SectorStep.Move(SectorEvent.OperatorRetry), null),
        stop);

    private async Task<object?> CommandAsync(
        ulong sector, Func<SectorView, (SectorStep.Move? Move, string? Refusal)> decide, CancellationToken stop)
    {
        var acting = Acting();
        var refusal = await AskStoreAsync(
            () => acting.Driver.CommandAsync(sector, index.RegionOf(sector), decide, stop));
        acting.Loop.Poke(sector);
        return refusal is null ? null : throw new JsonRpcException(refusal);
    }

    private async Task<object?> CancelAsync(ulong sector, CancellationToken stop)
    {
        await RequireListedAsync(stop);
        var agent = index.Jobs.FirstOrDefault(job => job.Record.Sector == sector)?.Record.Agent ?? "";
        return agent.Length == 0
            ? throw new JsonRpcException($"no agent holds sector {sector}")
            : await agents.CancelAsync(agent, sector, stop) is { } refusal ? throw new JsonRpcException(refusal) : null;
    }
}
