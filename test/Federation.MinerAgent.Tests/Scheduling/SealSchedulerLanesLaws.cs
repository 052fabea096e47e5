using Federation.MinerAgent.Scheduling;
using Federation.Proto.Records;
using Federation.Testing;

namespace Federation.MinerAgent.Tests.Scheduling;

/// <summary>
/// Sectors of several sizes and graphs, workers with lanes and memory of all kinds, in an order drawn by a seed: who
/// goes together is alike and fits, a worker has one group at a time, and everybody has a turn.
/// </summary>
public sealed class SealSchedulerLanesLaws
{
    private const ulong MiB = 1UL << 20, GiB = 1UL << 30;
    private const int Sectors = 60, MostSteps = 2_000;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30), Wait = TimeSpan.FromMinutes(2);

    // The chain's sizes in two registered graphs each, and graphs without a number that PoRep id or version part.
    private static readonly LaneKind[] Kinds =
    [
        Kind(new SealSpec { SealProof = 6, SectorSize = 8 * MiB }),
        Kind(new SealSpec { SealProof = 11, SectorSize = 8 * MiB }),
        Kind(new SealSpec { SealProof = 7, SectorSize = 512 * MiB }),
        Kind(new SealSpec { SealProof = 2, SectorSize = 512 * MiB }),
        Kind(new SealSpec { SealProof = 8, SectorSize = 32 * GiB }),
        Kind(new SealSpec { PorepId = "aa", ApiVersion = "1.1", SectorSize = 8 * MiB }),
        Kind(new SealSpec { PorepId = "bb", ApiVersion = "1.1", SectorSize = 8 * MiB }),
        Kind(new SealSpec { PorepId = "aa", ApiVersion = "1.0", SectorSize = 8 * MiB }),
        Kind(new SealSpec { PorepId = "aa", ApiVersion = "1.1", SectorSize = 16 * MiB }),
    ];

    private static readonly ulong[] Memories = [0, 32 * MiB, 256 * MiB, 4 * GiB, 16 * GiB, 512 * GiB, long.MaxValue];

    private readonly ManualTime _time = new();
    private readonly SealScheduler _scheduler;
    private readonly Dictionary<string, WorkerCapacity> _workers = [];
    private readonly Dictionary<ulong, Task<SlotLease>> _waiting = [];
    private readonly List<SlotLease> _held = [];
    private readonly HashSet<Guid> _groups = [];

    public SealSchedulerLanesLaws() => _scheduler = new SealScheduler(Wait, _time);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 25)];

    [Fact]
    public void Kinds_OfDifferentSizesAndGraphs_AreAllDifferent() => Assert.Distinct(Kinds);

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task ReserveAsync_SectorsOfManyKinds_GroupsAreAlikeAndFit(int seed)
    {
        var random = new Random(seed);
        ConnectWorkers(random);
        var served = 0;
        var left = Sectors;
        for (var step = 0; served < Sectors; step++)
        {
            Assert.True(step < MostSteps, $"seed {seed}: {Sectors - served} sectors were never served");
            switch (random.Next(3))
            {
                case 0 when left > 0:
                    Reserve((ulong)left--, Kinds[random.Next(Kinds.Length)]);
                    break;
                case 1 when _held.Count > 0:
                    EndOne(random);
                    break;
                default:
                    _time.Advance(TimeSpan.FromSeconds(random.Next(1, 60)));
                    break;
            }

            served += await TakeGrantsAsync(seed);
        }
    }

    private static LaneKind Kind(SealSpec spec) => LaneKind.Of(spec)!;

    /// <summary>One of them has no lanes, so that each size has a place.</summary>
    private void ConnectWorkers(Random random)
    {
        for (var i = 0; i < 3; i++)
        {
            var lanes = i == 0 ? null : new LaneOffer((uint)random.Next(2, 17), Memories[random.Next(Memories.Length)]);
            var worker = new WorkerCapacity(
                $"w{i}", new HashSet<string> { "PC1" }, new Dictionary<string, uint> { ["PC1"] = 2 }, 0, lanes);
            _workers.Add(worker.Id, worker);
            _scheduler.Connect(worker);
        }
    }

    private void Reserve(ulong sector, LaneKind kind) => _waiting.Add(
        sector,
        _scheduler.ReserveAsync(
            new PhaseRequest(sector, "PC1", kind.SectorSize, (int)(sector % 3), Kind: kind), CancellationToken.None));

    private void EndOne(Random random)
    {
        var ended = _held[random.Next(_held.Count)];
        _held.Remove(ended);
        ended.Dispose();
    }

    /// <summary>Who no longer waits has a slot, or is about to be told of it.</summary>
    private async Task<int> TakeGrantsAsync(int seed)
    {
        var still = _scheduler.Waiting().Select(request => request.Sector).ToHashSet();
        var granted = _waiting.Where(pair => !still.Contains(pair.Key)).ToList();
        var leases = await Task.WhenAll(granted.Select(pair => pair.Value)).WaitAsync(Soon);
        granted.ForEach(pair => _waiting.Remove(pair.Key));
        foreach (var group in leases.Where(lease => lease.Lanes is not null).GroupBy(lease => lease.Lanes!))
        {
            RequireGroup(group.Key, [.. group], seed);
        }

        foreach (var lease in leases.Where(lease => lease.Lanes is null))
        {
            var running = _held.Count(held => held.Worker == lease.Worker && held.Lanes is null);
            Assert.True(running < 2, $"seed {seed}: {lease.Worker} has {running} slots taken");
        }

        _held.AddRange(leases);
        return leases.Length;
    }

    private void RequireGroup(LaneGroup group, List<SlotLease> members, int seed)
    {
        var what = $"seed {seed}: group of {string.Join(", ", members.Select(member => member.Request))}";
        Assert.True(_groups.Add(group.Id), what + " was begun twice");
        Assert.True(members.Count == group.Count, $"{what} has {members.Count} members of {group.Count}");
        Assert.True(members.DistinctBy(member => member.Request.Kind).Count() == 1, what + " is of many kinds");
        var worker = Assert.Single(members.Select(member => member.Worker).Distinct());
        Assert.True(!_held.Exists(held => held.Worker == worker), what + $" was given to {worker}, which is not empty");
        var offer = _workers[worker].Lanes!;
        var size = members[0].Request.Kind!.SectorSize;
        Assert.True(group.Count <= offer.Count, what + $" has more than {offer.Count} lanes");
        Assert.True(LaneOffer.LayerBytes(group.Count, size) <= offer.MemoryBytes, what + " takes more than the memory");
    }
}
