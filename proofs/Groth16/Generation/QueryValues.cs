using Federation.Proofs.Constraints;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Groth16.Generation;

/// <summary>
/// The values at tau of the polynomials that belong to each variable in A, B and C: of each row that the variable
/// occurs in, the coefficient times the row's Lagrange value. Takes the rows as they are synthesised and holds none.
/// Whoever knows the values knows tau: they are wiped when disposed.
/// </summary>
internal sealed class QueryValues(Fr[] lagrange, CircuitSize size) : IRowSink, IDisposable
{
    private static readonly Fr MinusOne = -Fr.One;

    private int _row;

    public Fr[] A { get; } = new Fr[size.Inputs + size.Aux];

    public Fr[] B { get; } = new Fr[size.Inputs + size.Aux];

    public Fr[] C { get; } = new Fr[size.Inputs + size.Aux];

    /// <inheritdoc/>
    public void Row(ReadOnlySpan<Term> a, ReadOnlySpan<Term> b, ReadOnlySpan<Term> c)
    {
        var value = lagrange[_row++];
        Add(a, value, A);
        Add(b, value, B);
        Add(c, value, C);
    }

    /// <summary>
    /// Puts beta · A + alpha · B + C, divided by gamma for inputs and by delta for auxiliary variables, in C's place.
    /// </summary>
    public void Combine(ToxicWaste secrets, int threads, CancellationToken cancellationToken)
    {
        const int PieceSize = 1 << 14;
        ParallelLoop.Run(
            (C.Length + PieceSize - 1) / PieceSize,
            threads,
            piece =>
            {
                // Taken anew for each piece: what a lambda captures lies on the heap, and nobody wipes it.
                var (alpha, beta) = (secrets.Alpha, secrets.Beta);
                var (inverseGamma, inverseDelta) = (secrets.Gamma.Inverse(), secrets.Delta.Inverse());
                var end = Math.Min(C.Length, (piece + 1) * PieceSize);
                for (var i = piece * PieceSize; i < end; i++)
                {
                    C[i] = ((beta * A[i]) + (alpha * B[i]) + C[i]) * (i < size.Inputs ? inverseGamma : inverseDelta);
                }
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var values in (Fr[][])[lagrange, A, B, C])
        {
            values.AsSpan().Clear();
        }
    }

    private void Add(ReadOnlySpan<Term> terms, Fr value, Fr[] sums)
    {
        foreach (ref readonly var term in terms)
        {
            var place = term.Variable.IsInput ? term.Variable.Index : size.Inputs + term.Variable.Index;
            if (term.Coefficient == Fr.One)
            {
                sums[place] += value;
            }
            else if (term.Coefficient == MinusOne)
            {
                sums[place] -= value;
            }
            else
            {
                sums[place] += term.Coefficient * value;
            }
        }
    }
}
