namespace Federation.MinerAgent.Workers;

/// <summary>What becomes of a task that a worker has and nobody waits for.</summary>
public enum StrangerVerdict
{
    /// <summary>Undecided: someone may still take it up.</summary>
    Keep,

    /// <summary>Exactly this attempt has been accepted: the worker may forget its result.</summary>
    Accepted,

    /// <summary>It is not wanted: the worker stops it and removes its folder.</summary>
    Unwanted,
}
