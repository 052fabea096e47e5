using Federation.Proofs.Constraints;
using Federation.Proofs.Fft;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Groth16;

/// <summary>
/// The polynomial H for which A · B - C = H · (x^m - 1): A, B and C, known by their values at the m points of the
/// domain, are evaluated on the coset 7 · w^i, where x^m - 1 is a constant other than zero.
/// </summary>
internal static class QuotientPolynomial
{
    private const int PieceSize = 1 << 14;

    /// <summary>
    /// The coefficients of H, m of them, the last one zero when the witness holds; they take the place of A's values,
    /// and B's and C's are spent.
    /// </summary>
    public static Fr[] Compute(CircuitWitness witness, int threads, CancellationToken cancellationToken)
    {
        var domain = FftDomain.AtLeast(witness.Size.DomainLength);
        var (a, b, c) = (witness.A, witness.B, witness.C);
        foreach (var values in (Fr[][])[a, b, c])
        {
            domain.Inverse(values, threads, cancellationToken);
            domain.Evaluate(values, coset: true, threads, cancellationToken);
        }

        var inverse = (FftDomain.Shift.PowVarTime((ulong)domain.Size) - Fr.One).Inverse();
        ParallelLoop.Run(
            (a.Length + PieceSize - 1) / PieceSize,
            threads,
            piece =>
            {
                var end = Math.Min(a.Length, (piece + 1) * PieceSize);
                for (var i = piece * PieceSize; i < end; i++)
                {
                    a[i] = ((a[i] * b[i]) - c[i]) * inverse;
                }
            },
            cancellationToken);
        domain.Interpolate(a, coset: true, threads, cancellationToken);
        return a;
    }
}
