using System.Numerics;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Fft;

/// <summary>
/// Transforms of less than 256 elements, one butterfly after another, between natural order of coefficients and
/// reversed order of values: see <see cref="FftNode{TKernel}"/>.
/// </summary>
internal static class SmallFft
{
    /// <summary>Coefficients to values.</summary>
    public static void Evaluate(Span<Fr> values, in Fr shift)
    {
        int logSize = BitOperations.Log2((uint)values.Length);
        for (int stage = 0; stage < logSize; stage++)
        {
            int half = values.Length >> (stage + 1);
            Fr power = Power(shift, logSize - stage - 1), root = RootsOfUnity.Root(stage + 1);
            for (int i = 0; i < 1 << stage; i++)
            {
                EvaluateNode(values.Slice(2 * half * BitReversal.Of(i, stage), 2 * half), power);
                power *= root;
            }
        }
    }

    /// <summary>Values to coefficients.</summary>
    public static void Interpolate(Span<Fr> values, in Fr shift)
    {
        int logSize = BitOperations.Log2((uint)values.Length);
        Fr inverseShift = shift.Inverse();
        for (int stage = logSize - 1; stage >= 0; stage--)
        {
            int half = values.Length >> (stage + 1);
            Fr power = Power(inverseShift, logSize - stage - 1), root = RootsOfUnity.InverseRoot(stage + 1);
            for (int i = 0; i < 1 << stage; i++)
            {
                InterpolateNode(values.Slice(2 * half * BitReversal.Of(i, stage), 2 * half), power);
                power *= root;
            }
        }

        Fr scale = Fr.FromUInt64((ulong)values.Length).Inverse();
        foreach (ref Fr value in values)
        {
            value *= scale;
        }
    }

    private static void EvaluateNode(Span<Fr> values, in Fr factor)
    {
        int half = values.Length / 2;
        for (int i = 0; i < half; i++)
        {
            Fr sum = values[i], term = values[half + i] * factor;
            values[i] = sum + term;
            values[half + i] = sum - term;
        }
    }

    private static void InterpolateNode(Span<Fr> values, in Fr factor)
    {
        int half = values.Length / 2;
        for (int i = 0; i < half; i++)
        {
            Fr a = values[i], b = values[half + i];
            values[i] = a + b;
            values[half + i] = (a - b) * factor;
        }
    }

    private static Fr Power(Fr value, int squarings)
    {
        for (int i = 0; i < squarings; i++)
        {
            value = value.Square();
        }

        return value;
    }
}
