using Federation.Proofs;
using Federation.Testing;
using Federation.Worker.Phases;

namespace Federation.Worker.Tests.Phases;

public sealed class LaneMeetingTests
{
    private static readonly TimeSpan Limit = Bounds.Limit, Patience = TimeSpan.FromSeconds(30);
    private static readonly PreCommit1Outcome Done = new(default, default, default);

    private readonly ManualTime _time = new();
    private readonly List<int> _begun = [];
    private readonly LaneMeeting _meeting;

    public LaneMeetingTests() => _meeting = new LaneMeeting(Patience, _time, members =>
    {
        _begun.Add(members.Count);
        members.ToList().ForEach(member => member.Succeed(Done));
    });

    [Fact]
    public async Task JoinAsync_AllCome_BeginsOnceAndLeavesNoTimer()
    {
        var joined = new[] { Join(2), Join(2) };
        Assert.All(await Task.WhenAll(joined).WaitAsync(Limit), outcome => Assert.Same(Done, outcome));
        Assert.Equal([2], _begun);
        Assert.Null(_time.Next);
    }

    [Fact]
    public async Task JoinAsync_OneDoesNotCome_BeginsWithoutItAndThatOneGoesOnAlone()
    {
        var joined = new[] { Join(3), Join(3) };
        Assert.All(joined, task => Assert.False(task.IsCompleted));
        _time.Advance(Patience);
        await Task.WhenAll(joined).WaitAsync(Limit);
        var late = Join(3);
        _time.Advance(Patience);
        await late.WaitAsync(Limit);
        Assert.Equal([2, 1], _begun);
    }

    [Fact]
    public async Task JoinAsync_OneLeaves_TheOthersBeginWithoutIt()
    {
        using var cancel = new CancellationTokenSource();
        var leaving = Join(2, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving.WaitAsync(Limit));
        await Join(2, default).WaitAsync(Limit);
        Assert.Equal([1], _begun);
    }

    [Fact]
    public async Task JoinAsync_CancelledBefore_EndsAtOnce() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Join(2, new CancellationToken(true)).WaitAsync(Limit));

    private Task<PreCommit1Outcome> Join(int count, CancellationToken cancellationToken = default) =>
        _meeting.JoinAsync(
        new LaneShare("group", count),
        new LaneMember(
            new PreCommit1Task
            {
                Sector = new PhaseSector(SealConfig.FromRegistered(5), 1000, 1),
                Ticket = default,
                Pieces = [],
                UnsealedPath = "",
                CachePath = "",
            },
            null,
            cancellationToken));
}
