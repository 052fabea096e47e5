using Federation.Proofs;
using Federation.Proofs.PreCommit1;
using Microsoft.Extensions.Logging;

namespace Federation.Worker.Phases;

/// <summary>
/// PC1 of sectors that came as a group, in lockstep. Each ends on its own: with its result, its failure or its
/// cancellation. A group that cannot go in lockstep here goes on one by one, at the same time. Thread-safe.
/// </summary>
public sealed partial class PreCommit1Lanes
{
    /// <summary>How long the first sector of a group waits for the others: they are assigned within seconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// What a group takes at most besides two layers of each lane. It is granted on top of the memory that was asked
    /// for, so that 16 sectors of 512 MiB need 16 GiB and not a little more.
    /// </summary>
    public const long WindowBytes = 1 << 20;

    private readonly SealOptions _options;
    private readonly ILogger<PreCommit1Lanes> _logger;
    private readonly LaneMeeting _meeting;

    /// <param name="options">Threads and memory of a whole group.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    public PreCommit1Lanes(SealOptions options, TimeProvider time, ILogger<PreCommit1Lanes> logger)
    {
        _options = options with { MemoryBytes = options.MemoryBytes + WindowBytes };
        _logger = logger;
        _meeting = new LaneMeeting(Patience, time, Run);
    }

    internal Task<PreCommit1Outcome> RunAsync(LaneShare share, LaneMember member) => _meeting.JoinAsync(share, member);

    private void Run(IReadOnlyList<LaneMember> members)
    {
        var group = members[0].Task.Lanes!.Group;
        if (Hindrance(members) is { } hindrance)
        {
            Log.OneByOne(_logger, group, members.Count, hindrance);
            // At the same time, so that each has its share of what the group may use.
            var share = _options with
            {
                MemoryBytes = Math.Max(_options.MemoryBytes / members.Count, SealOptions.MinimumMemoryBytes),
            };
            members.ToList().ForEach(member => _ = RunAloneAsync(member, share));
            return;
        }

        Log.Lockstep(_logger, group, members.Count,
            string.Join(',', members.Select(member => member.Task.Sector.Number)));
        RunInLockstep(members);
    }

    private string? Hindrance(IReadOnlyList<LaneMember> members)
    {
        var first = members[0].Task.Sector.Config;
        return members.Count == 1 ? "the others did not come"
            : !members.All(member => PreCommit1LanesPhase.AreAlike(member.Task.Sector.Config, first))
                ? "their graphs differ"
            : PreCommit1LanesPhase.MemoryBytes(first.Shape, members.Count) is var needed
                && needed > _options.MemoryBytes
                && _options.LaneScratchDirectory is null
                ? $"{needed} bytes of memory are needed, {_options.MemoryBytes} may be used"
            : null;
    }

    private static async Task RunAloneAsync(LaneMember member, SealOptions options)
    {
        try
        {
            member.Succeed(await Task.Factory.StartNew(
                () => PhaseRunner.PreCommit1(member.Task, options, member.Progress, member.CancellationToken),
                CancellationToken.None,
                TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
                TaskScheduler.Default));
        }
        catch (Exception failure)
        {
            // Whatever it is, the sector's own waiter judges it.
            member.Fail(failure);
        }
    }

    private void RunInLockstep(IReadOnlyList<LaneMember> members)
    {
        using var nobody = new CancellationTokenSource();
        var leaving = members.Select(
            member => member.CancellationToken.UnsafeRegister(_ => StopIfUnwanted(members, nobody), null)).ToList();
        try
        {
            var results = PreCommit1LanesPhase.Run(
                [.. members.Select(LaneOf)],
                _options,
                new Broadcast(members),
                nobody.Token);
            for (var i = 0; i < members.Count; i++)
            {
                End(members[i], results[i]);
            }
        }
        catch (Exception failure)
        {
            // Whatever it is, each sector's own waiter judges it as if the sector had been alone.
            members.ToList().ForEach(member => member.Fail(failure));
        }
        finally
        {
            leaving.ForEach(registration => registration.Dispose());
        }
    }

    private static PreCommit1Lane LaneOf(LaneMember member) =>
        new(PhaseRunner.RequestOf(member.Task), member.CancellationToken) { FallenOut = member.Fail };

    private static void StopIfUnwanted(IReadOnlyList<LaneMember> members, CancellationTokenSource nobody)
    {
        if (!members.Any(member => member.IsWanted))
        {
            nobody.Cancel();
        }
    }

    private static void End(LaneMember member, PreCommit1LaneResult ended)
    {
        if (PhaseRunner.OutcomeOf(ended.Result) is { } outcome)
        {
            member.Succeed(outcome);
            return;
        }

        member.Fail(ended.Failure!);
    }

    private sealed class Broadcast(IReadOnlyList<LaneMember> members) : IProgress<PhaseProgress>
    {
        public void Report(PhaseProgress value)
        {
            foreach (var member in members)
            {
                member.Report(value with { Stage = $"{value.Stage}, {members.Count} in lockstep" });
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(5110, LogLevel.Information, "PC1 of {Count} sectors in lockstep: {Sectors}, group {Group}")]
        public static partial void Lockstep(ILogger logger, string group, int count, string sectors);

        [LoggerMessage(5111, LogLevel.Warning,
            "PC1 of group {Group}, {Count} of its sectors, goes on one by one: {Reason}")]
        public static partial void OneByOne(ILogger logger, string group, int count, string reason);
    }
}
