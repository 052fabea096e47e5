namespace Federation.Proofs.Curve;

/// <summary>What is wrong with the bytes of a point.</summary>
public enum PointFault
{
    /// <summary>Nothing: the point is good.</summary>
    None,

    /// <summary>The three flag bits are not those of the form, or infinity has other bits beside its flag.</summary>
    Flags,

    /// <summary>A coordinate is not below p.</summary>
    NotCanonical,

    /// <summary>No point of the curve has these coordinates.</summary>
    NotOnCurve,

    /// <summary>The point is on the curve and not in the group of prime order.</summary>
    NotInGroup,
}
