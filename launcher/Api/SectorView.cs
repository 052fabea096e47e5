namespace Federation.Launcher.Api;

/// <summary>A sector as the miner tells it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="State">Lotus's state name.</param>
/// <param name="Region">The region that its files live in; empty before it was claimed.</param>
/// <param name="NeedsOperator">Whether it waits for an operator.</param>
/// <param name="LastError">What went wrong last.</param>
/// <param name="Job">The phase that runs, if one was seen to.</param>
/// <param name="Wait">Why nobody works on it, and what helps; empty where there is nothing to say.</param>
internal sealed record SectorView(
    ulong Number, string State, string Region, bool NeedsOperator, string LastError, JobView? Job = null,
    string Wait = "")
{
    /// <summary>Whether it is sealed.</summary>
    public bool IsProving => State == "Proving";

    /// <summary>The phase that its state is about; empty where no worker has anything to do.</summary>
    public string Phase => State switch
    {
        "Packing" => "AP",
        "PreCommit1" => "PC1",
        "PreCommit2" => "PC2",
        "Committing" => "C1",
        "FinalizeSector" => "FIN",
        "Removing" => "RM",
        _ => "",
    };
}
