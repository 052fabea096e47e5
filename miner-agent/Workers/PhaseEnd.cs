using Federation.Proto.Gates;

namespace Federation.MinerAgent.Workers;

/// <summary>How one run of a phase ended, as far as the agent can know.</summary>
public abstract record PhaseEnd;

/// <summary>The worker answered; the result may be a failure.</summary>
public sealed record PhaseFinished(TaskResult Result) : PhaseEnd;

/// <summary>The worker does not run it any more, or did not come back in time.</summary>
public sealed record PhaseLost(string Reason) : PhaseEnd;
