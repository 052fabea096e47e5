namespace Federation.Chain.Devnet;

/// <summary>Everything that was ever submitted, refused messages included.</summary>
/// <param name="Epoch">Present head.</param>
/// <param name="PreCommits">PreCommit messages, each CID once.</param>
/// <param name="ProveCommits">ProveCommit messages, each CID once.</param>
/// <param name="Refused">Of both: refused.</param>
/// <param name="Failed">Of both: included with an exit code other than 0.</param>
/// <param name="Pending">Of both: not included yet.</param>
/// <param name="Repeated">Submissions of messages that had been submitted before.</param>
/// <param name="ActiveSectors">Sectors that have been proven.</param>
public sealed record DevnetStatistics(
    long Epoch, int PreCommits, int ProveCommits, int Refused, int Failed, int Pending, int Repeated, int ActiveSectors)
{
    /// <summary>Counts a list of messages.</summary>
    public static DevnetStatistics Count(long epoch, IReadOnlyCollection<DevnetMessage> messages) => new(
        epoch,
        messages.Count(static message => message.Method == DevnetLedger.PreCommitName),
        messages.Count(static message => message.Method == DevnetLedger.ProveCommitName),
        messages.Count(static message => message.Refused is not null),
        messages.Count(static message => message.Epoch is not null && message.ExitCode != ExitCode.Ok),
        messages.Count(static message => message.Refused is null && message.Epoch is null),
        messages.Sum(static message => message.Submissions - 1),
        messages.Count(static message =>
            message.Method == DevnetLedger.ProveCommitName && message.Epoch is not null
                && message.ExitCode == ExitCode.Ok));
}
