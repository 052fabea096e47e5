namespace Federation.Proofs.Groth16.Parameters;

/// <summary>A run of uncompressed points in a parameter file.</summary>
/// <param name="Offset">Where the first point begins, in bytes.</param>
/// <param name="Count">Number of points.</param>
/// <param name="PointSize">Bytes of one point.</param>
public readonly record struct ParameterSection(long Offset, uint Count, int PointSize)
{
    /// <summary>Where the section ends, in bytes.</summary>
    public long End => Offset + ((long)Count * PointSize);
}
