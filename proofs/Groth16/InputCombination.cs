using Federation.Proofs.Curve;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Groth16;

/// <summary>Sums of a verifying key's points for public inputs, each times a scalar that is no secret.</summary>
internal static class InputCombination
{
    /// <summary>The sum.</summary>
    /// <param name="points">Points.</param>
    /// <param name="scalars">As many scalars.</param>
    public static G1Point Sum(IReadOnlyList<G1Affine> points, ReadOnlySpan<Fr> scalars)
    {
        var sum = G1Point.Infinity;
        for (var i = 0; i < scalars.Length; i++)
        {
            if (!scalars[i].IsZero)
            {
                sum += G1Point.FromAffine(points[i]).MultiplyVarTime(scalars[i]);
            }
        }

        return sum;
    }
}
