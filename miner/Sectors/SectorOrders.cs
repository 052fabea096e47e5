using Federation.Discovery.Jobs;
using Federation.Proto.Records;

namespace Federation.Miner.Sectors;

/// <summary>The part of a sector's transaction that concerns its job: the order that a state's entry gives.</summary>
internal sealed class SectorOrders(JobBoard board)
{
    private const string RemovePhase = "RM";

    /// <summary>What an event changes on the board. Sets the order's number in the record.</summary>
    public JobChange Change(SectorView view, SectorRecord next, SectorEvent happened)
    {
        if (happened is SectorEvent.Finalized or SectorEvent.Removed)
        {
            return End(view);
        }

        if (happened == SectorEvent.ProofWanted)
        {
            return AskForProof(view);
        }

        if (SectorTransitions.OrderOnEntry(next.State, happened, next.Spec) is not { } phases
            || (phases is [RemovePhase] && !HasFiles(view)))
        {
            return JobChange.None;
        }

        var order = Order(view, next, phases);
        next.Order = order.Number;
        return Give(view, next, order);
    }

    /// <summary>True unless no agent ever held the sector.</summary>
    public static bool HasFiles(SectorView view) =>
        view.Record.Region.Length > 0 || view.Job is not null || view.Offer is { Record.Epoch: > 0 };

    private static Order Order(SectorView view, SectorRecord next, IReadOnlyList<string> phases)
    {
        var given = Math.Max(next.Order,
            Math.Max(view.Job?.Record.Order?.Number ?? 0, view.Offer?.Record.Order?.Number ?? 0));
        var order = new Order { Number = given + 1, Phases = { phases } };
        if (phases is ["AP"] or [RemovePhase])
        {
            return order;
        }

        order.Ticket = next.Ticket;
        order.CommD = next.CommD;
        var isFixed = next.PrecommitMessage.Length > 0;
        order.CommR = isFixed ? next.CommR : "";
        order.Seed = isFixed ? next.Seed : "";
        return order;
    }

    private JobChange Give(SectorView view, SectorRecord next, Order order)
    {
        var job = view.Job is { } held ? held with { Record = WithPieces(held.Record, next) } : null;
        var offer = view.Offer is { } open ? open with { Record = WithPieces(open.Record, next) } : null;
        return (job, offer) switch
        {
            ({ Record.Agent.Length: > 0 }, _) => board.GiveOrder(job, order),
            (not null, not null) => board.GiveOrder(job, offer, order),
            // A job on offer whose offer somebody deleted: it is put back as a whole.
            (not null, null) => board.Move(job, board.RegionOf(job), order),
            (null, not null) => board.GiveOrder(offer, order),
            _ => board.Register(Offer(next, order)),
        };
    }

    private static QueueRecord Offer(SectorRecord next, Order order) => new()
    {
        Sector = next.Sector,
        Region = next.Region,
        Epoch = next.Epoch,
        Spec = next.Spec.Clone(),
        Pieces = { next.Pieces.Clone() },
        Order = order,
    };

    private static JobRecord WithPieces(JobRecord job, SectorRecord next)
    {
        var clone = job.Clone();
        clone.Pieces.Clear();
        clone.Pieces.Add(next.Pieces.Clone());
        return clone;
    }

    private static QueueRecord WithPieces(QueueRecord offer, SectorRecord next)
    {
        var clone = offer.Clone();
        clone.Pieces.Clear();
        clone.Pieces.Add(next.Pieces.Clone());
        return clone;
    }

    private JobChange AskForProof(SectorView view)
    {
        if ((view.Job?.Record.Order ?? view.Offer?.Record.Order)?.Clone() is not { } order)
        {
            return JobChange.None;
        }

        order.ProofWanted++;
        return (view.Job, view.Offer) switch
        {
            ({ Record.Agent.Length: > 0 } job, _) => board.GiveOrder(job, order),
            ({ } job, { } offer) => board.GiveOrder(job, offer, order),
            (null, { } offer) => board.GiveOrder(offer, order),
            _ => JobChange.None,
        };
    }

    private JobChange End(SectorView view) => (view.Job, view.Offer) switch
    {
        ({ } job, _) => board.Finish(job),
        (null, { } offer) => board.Withdraw(offer),
        _ => JobChange.None,
    };
}
