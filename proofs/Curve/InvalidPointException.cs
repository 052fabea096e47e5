namespace Federation.Proofs.Curve;

/// <summary>Bytes that should hold a point of G1 or G2 do not.</summary>
public sealed class InvalidPointException : FormatException
{
    /// <summary>Creates the exception without naming the fault.</summary>
    public InvalidPointException()
        : base("The bytes are not a point of the curve.")
    {
    }

    /// <summary>Creates the exception with a message of the caller.</summary>
    public InvalidPointException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and a cause.</summary>
    public InvalidPointException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal InvalidPointException(string group, PointFault fault)
        : base($"The bytes are not a point of {group}: {Reason(fault)}.") => Fault = fault;

    /// <summary>What is wrong; none where the thrower did not say.</summary>
    public PointFault Fault { get; }

    private static string Reason(PointFault fault) => fault switch
    {
        PointFault.Flags => "the flags in the first three bits do not fit the form",
        PointFault.NotCanonical => "a coordinate is not below the modulus",
        PointFault.NotOnCurve => "no point of the curve has these coordinates",
        PointFault.NotInGroup => "the point is on the curve and not in the group of prime order",
        _ => "the fault is not named",
    };
}
