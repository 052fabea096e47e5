using System.Runtime.CompilerServices;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Poseidon;

/// <summary>
/// The permutation on a state of width elements, in place, allocation-free. Both forms give the same result: the plain
/// one is the definition, the sparse one is what hashes are computed with.
/// </summary>
internal static class PoseidonPermutation
{
    private const int HalfFullRounds = PoseidonParameters.FullRounds / 2;

    /// <summary>The definition: add constants, S-box, dense matrix, in every round.</summary>
    internal static void ApplyPlain(PoseidonParameters parameters, Span<Fr> state)
    {
        RequireWidth(parameters, state);
        ReadOnlySpan<Fr> constants = parameters.RoundConstants.Span;
        int rounds = PoseidonParameters.FullRounds + parameters.PartialRounds;
        for (int round = 0; round < rounds; round++)
        {
            bool full = round < HalfFullRounds || round >= HalfFullRounds + parameters.PartialRounds;
            for (int i = 0; i < state.Length; i++)
            {
                state[i] += constants[(round * state.Length) + i];
                if (full || i == 0)
                {
                    state[i] = state[i].Quintic();
                }
            }

            MultiplyDense(parameters.Sparse.Mds, state);
        }
    }

    /// <summary>The form with sparse matrices, see <see cref="PoseidonSparseForm"/>.</summary>
    internal static void Apply(PoseidonParameters parameters, Span<Fr> state)
    {
        RequireWidth(parameters, state);
        PoseidonSparseForm form = parameters.Sparse;
        int width = state.Length;
        ReadOnlySpan<Fr> constants = form.Constants;
        for (int i = 0; i < width; i++)
        {
            state[i] += constants[i];
        }

        constants = constants[width..];
        for (int round = 0; round < HalfFullRounds; round++)
        {
            SubstituteFull(state, constants);
            constants = constants[width..];
            MultiplyDense(round == HalfFullRounds - 1 ? form.PreSparse : form.Mds, state);
        }

        ApplyPartialRounds(form, state, constants[..parameters.PartialRounds]);
        constants = constants[parameters.PartialRounds..];
        for (int round = 0; round < HalfFullRounds - 1; round++)
        {
            SubstituteFull(state, constants);
            constants = constants[width..];
            MultiplyDense(form.Mds, state);
        }

        for (int i = 0; i < width; i++)
        {
            state[i] = state[i].Quintic();
        }

        MultiplyDense(form.Mds, state);
    }

    private static void SubstituteFull(Span<Fr> state, ReadOnlySpan<Fr> constants)
    {
        for (int i = 0; i < state.Length; i++)
        {
            state[i] = state[i].Quintic() + constants[i];
        }
    }

    private static void ApplyPartialRounds(PoseidonSparseForm form, Span<Fr> state, ReadOnlySpan<Fr> constants)
    {
        int width = state.Length;
        ReadOnlySpan<Fr> sparse = form.SparseMatrices;
        foreach (ref readonly Fr constant in constants)
        {
            Fr first = state[0].Quintic() + constant;
            state[0] = first;
            Fr sum = Fr.InnerProduct(sparse[..width], state);
            ReadOnlySpan<Fr> factors = sparse.Slice(width, width - 1);
            for (int i = 0; i < factors.Length; i++)
            {
                state[i + 1] += factors[i] * first;
            }

            state[0] = sum;
            sparse = sparse[((2 * width) - 1)..];
        }
    }

    // The matrix, transposed where it is not symmetric, times the state.
    [SkipLocalsInit]
    private static void MultiplyDense(ReadOnlySpan<Fr> matrix, Span<Fr> state)
    {
        int width = state.Length;
        Span<Fr> result = stackalloc Fr[PoseidonParameters.MaxWidth];
        for (int row = 0; row < width; row++)
        {
            result[row] = Fr.InnerProduct(matrix.Slice(row * width, width), state);
        }

        result[..width].CopyTo(state);
    }

    private static void RequireWidth(PoseidonParameters parameters, Span<Fr> state)
    {
        if (state.Length != parameters.Width)
        {
            throw new ArgumentException($"The state holds {state.Length} elements, not {parameters.Width}.");
        }
    }
}
