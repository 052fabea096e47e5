namespace Federation.Worker.Phases;

/// <summary>
/// Brings together the sectors of a group, which arrive one by one. When all are there, or after a bounded wait, those
/// that are go on together; one that is cancelled while it waits is not waited for, and one that comes too late
/// meets nobody and goes on alone. Thread-safe.
/// </summary>
/// <param name="patience">How long the first waits for the others.</param>
/// <param name="time">The clock.</param>
/// <param name="begin">Called once a group, on a thread of its own; ends every member.</param>
internal sealed class LaneMeeting(TimeSpan patience, TimeProvider time, Action<IReadOnlyList<LaneMember>> begin)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Table> _tables = new(StringComparer.Ordinal);

    /// <summary>Waits for the group, and then for the sector's end.</summary>
    public async Task<PreCommit1Outcome> JoinAsync(LaneShare share, LaneMember member)
    {
        lock (_gate)
        {
            if (!_tables.TryGetValue(share.Group, out var table))
            {
                var timer = time.CreateTimer(
                    _ => Begin(share.Group, isOver: true), null, patience, Timeout.InfiniteTimeSpan);
                _tables.Add(share.Group, table = new Table(share.Count, timer));
            }

            table.Members.Add(member);
        }

        await using var leaving = member.CancellationToken.UnsafeRegister(_ => Leave(share.Group, member), null);
        Begin(share.Group, isOver: false);
        return await member.Outcome;
    }

    private void Leave(string group, LaneMember member)
    {
        lock (_gate)
        {
            if (!_tables.TryGetValue(group, out var table) || !table.Members.Remove(member))
            {
                return;
            }

            table.Expected--;
        }

        member.Fail(new OperationCanceledException(member.CancellationToken));
        Begin(group, isOver: false);
    }

    private void Begin(string group, bool isOver)
    {
        List<LaneMember> members;
        lock (_gate)
        {
            if (!_tables.TryGetValue(group, out var table) || (!isOver && table.Members.Count < table.Expected))
            {
                return;
            }

            _tables.Remove(group);
            table.Timer.Dispose();
            members = table.Members;
        }

        if (members.Count > 0)
        {
            _ = Task.Factory.StartNew(
                () => begin(members),
                CancellationToken.None,
                TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
                TaskScheduler.Default);
        }
    }

    private sealed class Table(int expected, ITimer timer)
    {
        public int Expected { get; set; } = expected;

        public ITimer Timer { get; } = timer;

        public List<LaneMember> Members { get; } = [];
    }
}
