using Federation.Discovery.Store;
using Federation.Proto.Records;

namespace Federation.Discovery.Jobs;

// Some builders need no key of the board, but the board reads as one object where it is used.
#pragma warning disable CA1822

// The miner's side: builders without effect, which it adds to its sector's transaction.
public sealed partial class JobBoard
{
    /// <summary>
    /// Puts a new job on offer. Holds only while the sector is not on offer and nobody has a claim on it. That it has
    /// no job left in any region (one whose agent was lost, say) is what the sector's own record says, so the caller
    /// guards that in the same transaction; for an offer to one region it is guarded here as well.
    /// </summary>
    public JobChange Register(QueueRecord offer)
    {
        var guards = new List<Guard>
        {
            Guard.Absent(Keys.QueueOf(offer.Sector)), Guard.Absent(Keys.Claim(offer.Sector)),
        };
        if (offer.Region.Length > 0)
        {
            guards.Add(Guard.Absent(Keys.Job(offer.Region, offer.Sector)));
        }

        var record = offer.Clone();
        record.Version = RecordVersion;
        var key = Keys.QueueOf(offer.Sector);
        return new JobChange(guards, [new PutOp(key, RecordBytes.Write(key, record))]);
    }

    /// <summary>
    /// Gives a held job its next order: the number grows by one, or stays and only
    /// <see cref="Order.ProofWanted"/> grows.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The number does not follow, or the job is on offer: use the overload.
    /// </exception>
    public JobChange GiveOrder(Versioned<JobRecord> job, Order order)
    {
        if (job.Record.Agent.Length == 0)
        {
            throw new ArgumentException($"{job.Key} is on offer: its order is given with its offer.", nameof(job));
        }

        return PutOrder(job, order);
    }

    /// <summary>Gives a job that is on offer again its next order, in the offer as well.</summary>
    /// <exception cref="ArgumentException">The number does not follow.</exception>
    public JobChange GiveOrder(Versioned<JobRecord> job, Versioned<QueueRecord> offer, Order order) =>
        PutOrder(job, order) + GiveOrder(offer, order);

    /// <summary>Gives a job that is on offer and was never held its next order.</summary>
    /// <exception cref="ArgumentException">The number does not follow.</exception>
    public JobChange GiveOrder(Versioned<QueueRecord> offer, Order order)
    {
        RequireSuccessor(offer.Key, offer.Record.Order, order);
        var next = offer.Record.Clone();
        next.Order = order.Clone();
        return new JobChange([offer.Unchanged], [offer.Put(next)]);
    }

    /// <summary>
    /// Offers a job that lost its agent to the agents of its region, order and epoch kept. Holds only while the job
    /// is unchanged and nobody has a claim on it.
    /// </summary>
    public JobChange Reoffer(Versioned<JobRecord> job) =>
        BackIntoQueue(job, RegionOf(job)) + JobChange.Only(Guard.Absent(Keys.Claim(job.Record.Sector)));

    /// <summary>
    /// Takes a job from its holder and offers it to another region ("" for any), by an operator's command: job, report
    /// and claim are deleted, the epoch is kept, so that whatever the old holder still sends is refused.
    /// </summary>
    public JobChange Move(Versioned<JobRecord> job, string region, Order order)
    {
        RequireSuccessor(job.Key, job.Record.Order, order);
        var offer = OfferOf(job.Record, region);
        offer.Order = order.Clone();
        var queue = Keys.QueueOf(job.Record.Sector);
        var bytes = RecordBytes.WriteFrom<QueueRecord, JobRecord>(queue, offer, job.Original);
        return new JobChange([job.Unchanged], [new PutOp(queue, bytes), .. DeletesOf(job)]);
    }

    /// <summary>Ends a job: job, report, claim and, if it is on offer again, its offer are deleted.</summary>
    public JobChange Finish(Versioned<JobRecord> job)
    {
        StoreOp[] offer = job.Record.Agent.Length == 0 ? [new DeleteOp(Keys.QueueOf(job.Record.Sector))] : [];
        return new JobChange([job.Unchanged], [.. DeletesOf(job), .. offer]);
    }

    /// <summary>Takes a job off the queue. Holds only while nobody has claimed it.</summary>
    public JobChange Withdraw(Versioned<QueueRecord> offer) =>
        new([offer.Unchanged], [new DeleteOp(offer.Key)]);

    private StoreOp[] DeletesOf(Versioned<JobRecord> job) =>
    [
        new DeleteOp(job.Key),
        new DeleteOp(Keys.Report(RegionOf(job), job.Record.Sector)),
        new DeleteOp(Keys.Claim(job.Record.Sector)),
    ];

    private JobChange BackIntoQueue(Versioned<JobRecord> job, string region)
    {
        var queue = Keys.QueueOf(job.Record.Sector);
        var next = job.Record.Clone();
        next.Agent = "";
        next.AgentRepository = "";
        var offer = RecordBytes.WriteFrom<QueueRecord, JobRecord>(queue, OfferOf(job.Record, region), job.Original);
        return new JobChange([job.Unchanged, Guard.Absent(queue)], [new PutOp(queue, offer), job.Put(next)]);
    }

    private static QueueRecord OfferOf(JobRecord job, string region) => new()
    {
        Version = RecordVersion,
        Sector = job.Sector,
        Region = region,
        Epoch = job.Epoch,
        Spec = job.Spec?.Clone(),
        Pieces = { job.Pieces.Clone() },
        Order = job.Order?.Clone(),
    };

    private static JobChange PutOrder(Versioned<JobRecord> job, Order order)
    {
        RequireSuccessor(job.Key, job.Record.Order, order);
        var next = job.Record.Clone();
        next.Order = order.Clone();
        return new JobChange([job.Unchanged], [job.Put(next)]);
    }

    private static void RequireSuccessor(string key, Order? present, Order next)
    {
        var same = present?.Clone() ?? new Order();
        same.ProofWanted = next.ProofWanted;
        var raised = next.ProofWanted > (present?.ProofWanted ?? 0) && same.Equals(next);
        if (!raised && next.Number != same.Number + 1)
        {
            throw new ArgumentException(
                $"{key} has order {same.Number}: order {next.Number} cannot follow it.", nameof(next));
        }
    }
}
