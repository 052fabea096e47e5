namespace Federation.Launcher.Api;

/// <summary>A sector as the miner tells it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="State">Lotus's state name.</param>
/// <param name="Region">The region that its files live in; empty before it was claimed.</param>
/// <param name="NeedsOperator">Whether it waits for an operator.</param>
/// <param name="LastError">What went wrong last.</param>
/// <param name="Job">The phase that runs, if one was seen to.</param>
internal sealed record SectorView(
    ulong Number, string State, string Region, bool NeedsOperator, string LastError, JobView? Job = null)
{
    /// <summary>Whether it is sealed.</summary>
    public bool IsProving => State == "Proving";

    /// <summary>Whether the state is one in which a worker runs a phase, or may.</summary>
    public bool HasPhase => State is "Packing" or "PreCommit1" or "PreCommit2" or "Committing" or "FinalizeSector" or "Removing";
}
