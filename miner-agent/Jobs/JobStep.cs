using Federation.Proto.Records;

namespace Federation.MinerAgent.Jobs;

/// <summary>What a held job needs next.</summary>
public abstract record JobStep
{
    private JobStep()
    {
    }

    /// <summary>A phase is to run; <paramref name="Running"/> is what is reported of it so far, if anything.</summary>
    public sealed record Run(string Phase, PhaseReport? Running) : JobStep;

    /// <summary>Nothing: the miner's next word is awaited.</summary>
    public sealed record Wait : JobStep;
}
