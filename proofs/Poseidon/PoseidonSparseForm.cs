using Federation.Proofs.Fields;

namespace Federation.Proofs.Poseidon;

/// <summary>
/// The equivalent form of the permutation (Poseidon paper, appendix B): the linear layers of the partial rounds
/// factored into one dense matrix and a sparse one per round, and the constants of the other state elements moved
/// through them, so that a partial round costs 2 · width products instead of width².
/// </summary>
/// <param name="Constants">Compressed round constants in order of use: 8 · width + partial rounds.</param>
/// <param name="Mds">Dense matrix of the full rounds, symmetric, row by row.</param>
/// <param name="PreSparse">Dense matrix of the last full round before the partial rounds, column by column.</param>
/// <param name="SparseMatrices">
/// Per partial round 2 · width - 1 elements: the column that makes the new first element, then the factors by which
/// the first element enters the others.
/// </param>
internal sealed record PoseidonSparseForm(Fr[] Constants, Fr[] Mds, Fr[] PreSparse, Fr[] SparseMatrices)
{
    private const int HalfFullRounds = PoseidonParameters.FullRounds / 2;

    internal static PoseidonSparseForm Derive(PoseidonParameters parameters)
    {
        Fr[] constants = CompressConstants(parameters);
        (FrMatrix preSparse, Fr[] sparse) = FactorMatrices(parameters);
        return new PoseidonSparseForm(
            constants, parameters.Mds.Values.ToArray(), preSparse.Transpose().Values.ToArray(), sparse);
    }

    private static Fr[] CompressConstants(PoseidonParameters parameters)
    {
        FrMatrix inverse = parameters.Mds.Invert();
        int partialRounds = parameters.PartialRounds;
        var compressed = new List<Fr>((2 * HalfFullRounds * parameters.Width) + partialRounds);

        compressed.AddRange(Round(0));
        for (int round = 1; round < HalfFullRounds; round++)
        {
            compressed.AddRange(inverse.Multiply(Round(round)));
        }

        // From the last partial round backwards: what can pass the S-box of the round before moves up.
        Fr[] carried = Round(HalfFullRounds + partialRounds).ToArray();
        var partial = new Fr[partialRounds];
        for (int i = 0; i < partialRounds; i++)
        {
            Fr[] moved = inverse.Multiply(carried);
            partial[partialRounds - 1 - i] = moved[0];
            moved[0] = Fr.Zero;
            ReadOnlySpan<Fr> own = Round(HalfFullRounds + partialRounds - 1 - i);
            for (int j = 0; j < moved.Length; j++)
            {
                moved[j] += own[j];
            }

            carried = moved;
        }

        compressed.AddRange(inverse.Multiply(carried));
        compressed.AddRange(partial);
        for (int round = 1; round < HalfFullRounds; round++)
        {
            compressed.AddRange(inverse.Multiply(Round(HalfFullRounds + partialRounds + round)));
        }

        return [.. compressed];

        ReadOnlySpan<Fr> Round(int index) =>
            parameters.RoundConstants.Span.Slice(index * parameters.Width, parameters.Width);
    }

    private static (FrMatrix PreSparse, Fr[] Sparse) FactorMatrices(PoseidonParameters parameters)
    {
        int stride = (2 * parameters.Width) - 1;
        var sparse = new Fr[parameters.PartialRounds * stride];
        FrMatrix current = parameters.Mds;
        for (int round = parameters.PartialRounds - 1; round >= 0; round--)
        {
            FrMatrix minor = current.Minor();
            WriteSparse(current, minor, sparse.AsSpan(round * stride, stride));
            current = parameters.Mds.Multiply(minor.Bordered());
        }

        return (current, sparse);
    }

    private static void WriteSparse(FrMatrix current, FrMatrix minor, Span<Fr> destination)
    {
        var column = new Fr[minor.Size];
        for (int i = 0; i < column.Length; i++)
        {
            column[i] = current[i + 1, 0];
            destination[current.Size + i] = current[0, i + 1];
        }

        destination[0] = current[0, 0];
        minor.Invert().Multiply(column).CopyTo(destination[1..]);
    }
}
