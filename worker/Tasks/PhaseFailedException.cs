using Federation.Proto.Records;

namespace Federation.Worker.Tasks;

/// <summary>A phase failed in a way that the miner's retry table knows.</summary>
public sealed class PhaseFailedException(FailureKind kind, string message, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>What kind of failure it is.</summary>
    public FailureKind Kind { get; } = kind;
}
