namespace Federation.Chain.Devnet;

/// <summary>A message that somebody submitted, and what became of it.</summary>
/// <param name="Cid">The message's CID.</param>
/// <param name="Method">PreCommitSector or ProveCommitSector.</param>
/// <param name="Sector">Sector number.</param>
/// <param name="SubmittedEpoch">Head when it was first submitted.</param>
/// <param name="Submissions">How often the same message was submitted.</param>
/// <param name="Refused">Why it was not taken; null when it was.</param>
/// <param name="Epoch">Epoch of inclusion; null while pending, and when refused.</param>
/// <param name="TipSet">Tipset of inclusion.</param>
/// <param name="ExitCode">Exit code of its receipt, or of its refusal.</param>
/// <param name="Error">Why it failed.</param>
public sealed record DevnetMessage(
    string Cid, string Method, ulong Sector, long SubmittedEpoch, int Submissions, string? Refused, long? Epoch,
    string? TipSet, int ExitCode, string? Error);
