using Federation.Proto.Records;

namespace Federation.Miner.Sectors;

/// <summary>What a sector's present state calls for.</summary>
internal abstract record SectorStep
{
    /// <summary>Nothing until something changes, or until a time has passed.</summary>
    public sealed record Wait(TimeSpan? AtMost) : SectorStep;

    /// <summary>Something has happened: it is applied and logged.</summary>
    /// <param name="Event">What happened.</param>
    /// <param name="Change">What it changes in the record, beside the state.</param>
    /// <param name="User">What the log says of it, as JSON.</param>
    /// <param name="Error">Why, for failures.</param>
    public sealed record Move(
        SectorEvent Event, Action<SectorRecord>? Change = null, string User = "{}", string? Error = null) : SectorStep
    {
        /// <summary>The state to go to, for <see cref="SectorEvent.ForceState"/>.</summary>
        public string? Forced { get; init; }

        /// <summary>True when trying again cannot help: an operator is needed at once.</summary>
        public bool IsPermanent { get; init; }
    }
}
