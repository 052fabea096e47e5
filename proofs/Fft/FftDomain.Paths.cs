using Federation.Proofs.Fields;

namespace Federation.Proofs.Fft;

public sealed partial class FftDomain
{
    internal unsafe void Evaluate(
        FieldPath path, Span<Fr> values, bool coset, int threads, CancellationToken cancellationToken)
    {
        Require(values.Length, threads);
        Fr shift = coset ? Shift : Fr.One;
        fixed (Fr* first = values)
        {
            switch (LogSize < FftPlan.MinRowStages ? null : (FieldPath?)path)
            {
                case null: SmallFft.Evaluate(values, shift); break;
                case FieldPath.Avx512:
                    FftRun<FrAvx512>.Evaluate(first, LogSize, shift, threads, cancellationToken);
                    break;
                case FieldPath.Avx2:
                    FftRun<FrAvx2>.Evaluate(first, LogSize, shift, threads, cancellationToken);
                    break;
                default: FftRun<FrScalar>.Evaluate(first, LogSize, shift, threads, cancellationToken); break;
            }
        }
    }

    internal unsafe void Interpolate(
        FieldPath path, Span<Fr> values, bool coset, int threads, CancellationToken cancellationToken)
    {
        Require(values.Length, threads);
        Fr shift = coset ? Shift : Fr.One;
        fixed (Fr* first = values)
        {
            switch (LogSize < FftPlan.MinRowStages ? null : (FieldPath?)path)
            {
                case null: SmallFft.Interpolate(values, shift); break;
                case FieldPath.Avx512:
                    FftRun<FrAvx512>.Interpolate(first, LogSize, shift, threads, cancellationToken);
                    break;
                case FieldPath.Avx2:
                    FftRun<FrAvx2>.Interpolate(first, LogSize, shift, threads, cancellationToken);
                    break;
                default: FftRun<FrScalar>.Interpolate(first, LogSize, shift, threads, cancellationToken); break;
            }
        }
    }
}
