using Federation.Discovery.Store;

namespace Federation.Discovery.Jobs;

/// <summary>
/// A part of a transaction: what must hold and what is then written. Parts are added up, so that a sector's new state
/// and the order that follows from it become one transaction. Immutable.
/// </summary>
/// <param name="Guards">All must hold.</param>
/// <param name="Ops">What is applied; no key twice.</param>
public sealed record JobChange(IReadOnlyList<Guard> Guards, IReadOnlyList<StoreOp> Ops)
{
    /// <summary>Nothing guarded, nothing written.</summary>
    public static JobChange None { get; } = new([], []);

    /// <summary>Only guards: what must hold for the rest to be applied.</summary>
    public static JobChange Only(params Guard[] guards) => new(guards, []);

    /// <summary>Both parts, in one transaction.</summary>
    public static JobChange operator +(JobChange left, JobChange right) => left.Add(right);

    /// <summary>Both parts, in one transaction.</summary>
    public JobChange Add(JobChange other) => new([.. Guards, .. other.Guards], [.. Ops, .. other.Ops]);
}
