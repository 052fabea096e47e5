using Federation.Proofs.Curve;

namespace Federation.Proofs.Msm;

/// <summary>
/// The sum of buckets, the i-th counted i + 1 times. Buckets are cut into segments, whose sums are formed beside one
/// another in batched additions: from the highest bucket of each down, the sum of the buckets so far, and the sum of
/// these sums. What is left, one pair for each segment, is summed one after another.
/// </summary>
internal static unsafe class BucketWeights<TField, TAdder>
    where TField : unmanaged, ICurveField<TField>
    where TAdder : class, IBatchAdder<TField>, new()
{
    private const int MaxSegments = 512, LeastLength = 8;

    /// <summary>The sum, out of the adder's form.</summary>
    public static JacobianPoint<TField> Sum(AffinePoint<TField>* buckets, int count)
    {
        int segments = Math.Clamp(count / LeastLength, 1, MaxSegments), length = count / segments;
        using var sums = new NativeArray<AffinePoint<TField>>(2L * segments);
        AffinePoint<TField>* plain = sums.First, weighted = plain + segments;
        using (var adder = new TAdder())
        {
            for (int i = length - 1; i >= 0; i--)
            {
                for (int segment = 0; segment < segments; segment++)
                {
                    adder.Add(plain[segment], buckets[(segment * length) + i], plain + segment);
                }

                adder.Flush();
                for (int segment = 0; segment < segments; segment++)
                {
                    adder.Add(weighted[segment], plain[segment], weighted + segment);
                }

                adder.Flush();
            }
        }

        return Join(plain, weighted, segments, length);
    }

    // Segment j's buckets count j · length times more than in its own weighted sum.
    private static JacobianPoint<TField> Join(
        AffinePoint<TField>* plain, AffinePoint<TField>* weighted, int segments, int length)
    {
        JacobianPoint<TField> above = default, starts = default, sum = default;
        for (int segment = segments - 1; segment >= 0; segment--)
        {
            starts = starts.Add(above);
            above = Add(above, plain[segment]);
            sum = Add(sum, weighted[segment]);
        }

        for (int bit = 1; bit < length; bit *= 2)
        {
            starts = starts.Twice();
        }

        return sum.Add(starts);
    }

    private static JacobianPoint<TField> Add(in JacobianPoint<TField> sum, in AffinePoint<TField> point)
    {
        AffinePoint<TField> plain = TAdder.Leave(point);
        return point.IsInfinity ? sum : sum.AddMixed(plain.X, plain.Y);
    }
}
