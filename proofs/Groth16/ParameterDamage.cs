using Federation.Proofs.Curve;
using Federation.Proofs.Groth16.Parameters;

namespace Federation.Proofs.Groth16;

/// <summary>
/// Looks for what is wrong with parameters whose proofs do not verify. Not done before: every point is read once more.
/// </summary>
internal static unsafe class ParameterDamage
{
    private const int PieceSize = 4096;

    /// <summary>The first point that is none, or a recorded digest that differs; null when nothing is found.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static string? Find(MappedParameters parameters, int threads, CancellationToken cancellationToken)
    {
        var layout = parameters.Layout;
        return InG1("h", layout.H) ?? InG1("l", layout.L) ?? InG1("a", layout.A) ?? InG1("b_g1", layout.BInG1)
            ?? Section("b_g2", layout.BInG2, FaultInG2) ?? ParameterCache.DifferenceFromRecord(
                parameters.Path, cancellationToken);

        string? InG1(string name, ParameterSection section) => Section(name, section, FaultInG1);

        string? Section(string name, ParameterSection section, Func<nint, string?> faultOf)
        {
            var first = (nint)parameters.PointsOf(section);
            var faults = new (long Index, string? Reason)[(section.Count + PieceSize - 1) / PieceSize];
            ParallelLoop.Run(
                faults.Length,
                threads,
                piece =>
                {
                    var end = Math.Min(section.Count, (piece + 1L) * PieceSize);
                    for (var i = piece * (long)PieceSize; i < end && faults[piece].Reason is null; i++)
                    {
                        faults[piece] = (i, faultOf(first + (nint)(i * section.PointSize)));
                    }
                },
                cancellationToken);
            parameters.Release(section);
            var found = Array.Find(faults, fault => fault.Reason is not null);
            return found.Reason is null
                ? null
                : $"point {found.Index} of its section {name} is damaged: {found.Reason}";
        }
    }

    private static string? FaultInG1(nint point)
    {
        var fault = G1Affine.TryFromUncompressed(
            new ReadOnlySpan<byte>((void*)point, ParameterLayout.G1Size), out var read, PointChecks.Curve);
        return Reason("G1", fault, read.IsInfinity);
    }

    private static string? FaultInG2(nint point)
    {
        var fault = G2Affine.TryFromUncompressed(
            new ReadOnlySpan<byte>((void*)point, ParameterLayout.G2Size), out var read, PointChecks.Curve);
        return Reason("G2", fault, read.IsInfinity);
    }

    private static string? Reason(string group, PointFault fault, bool isInfinity) =>
        fault != PointFault.None ? new InvalidPointException(group, fault).Message
        : isInfinity ? "The bytes are infinity, which no parameters have."
        : null;
}
