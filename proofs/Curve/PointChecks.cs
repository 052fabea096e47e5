namespace Federation.Proofs.Curve;

/// <summary>
/// How far the bytes of a point are checked. Each includes those before it.
/// </summary>
public enum PointChecks
{
    /// <summary>Flags and canonical coordinates: for points that were checked before and are guarded by a digest.
    /// A compressed point is on the curve in any case.</summary>
    Form,

    /// <summary>Also that the point is on the curve.</summary>
    Curve,

    /// <summary>Also that it is in the group of prime order.</summary>
    Group,
}
