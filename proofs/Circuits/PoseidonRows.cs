using System.Collections.Concurrent;
using Federation.Proofs.Fields;
using Federation.Proofs.Poseidon;

namespace Federation.Proofs.Circuits;

/// <summary>
/// The rows of Poseidon's permutation for one arity, which are the same for every hash but for the numbers of the
/// variables. Derived once: a state element is a sum over the variables so far, and every S-box states rows over such
/// sums. The form is that of the published sparse matrices and of neptune's circuit, whose rows they must equal.
/// Immutable, one instance per arity, safe to share.
/// </summary>
internal sealed class PoseidonRows
{
    private const int HalfFullRounds = PoseidonParameters.FullRounds / 2;

    private static readonly ConcurrentDictionary<int, PoseidonRows> Instances = new();

    private readonly PoseidonParameters _parameters;
    private readonly List<PoseidonRow> _rows = [];
    private readonly List<int> _rounds = [];
    private readonly Fr[][] _state;
    private readonly int _locals;
    private int _constant;

    private PoseidonRows(int arity)
    {
        _parameters = PoseidonParameters.ForArity(arity);
        var sboxes = (((PoseidonParameters.FullRounds - 1) * _parameters.Width) + _parameters.PartialRounds) * 4;
        _locals = 1 + arity + (3 * arity) + sboxes + 1;
        _state = new Fr[_parameters.Width][];
        Derive();
        Rows = [.. _rows];
        Rounds = [.. _rounds];
    }

    /// <summary>The rows in order; each allocates the variable that it ends with.</summary>
    internal PoseidonRow[] Rows { get; }

    /// <summary>First row of every round, and of the result.</summary>
    internal int[] Rounds { get; }

    internal static PoseidonRows ForArity(int arity) =>
        Instances.TryGetValue(arity, out var known)
            ? known
            : Instances.GetOrAdd(arity, static a => new PoseidonRows(a));

    private ReadOnlySpan<Fr> NextConstants(int count)
    {
        var constants = _parameters.Sparse.Constants.AsSpan(_constant, count);
        _constant += count;
        return constants;
    }

    private void Derive()
    {
        FirstRound();
        for (var round = 1; round < HalfFullRounds; round++)
        {
            FullRound(NextConstants(_parameters.Width));
            Multiply(round == HalfFullRounds - 1 ? _parameters.Sparse.PreSparse : _parameters.Sparse.Mds);
        }

        PartialRounds();
        for (var round = 1; round < HalfFullRounds; round++)
        {
            FullRound(NextConstants(_parameters.Width));
            Multiply(_parameters.Sparse.Mds);
        }

        FullRound([]);
        Multiply(_parameters.Sparse.Mds);
        _rounds.Add(_rows.Count);
        State(_state[1], Single(0), Fr.Zero);
    }

    // The domain tag is constant, so its S-box is; the inputs are variables, with constants added before and after.
    private void FirstRound()
    {
        _rounds.Add(_rows.Count);
        var before = NextConstants(_parameters.Width);
        var after = NextConstants(_parameters.Width);
        _state[0] = new Fr[_locals];
        _state[0][0] = (_parameters.DomainTag + before[0]).Quintic() + after[0];
        for (var i = 1; i < _state.Length; i++)
        {
            var sum = Single(i);
            sum[0] = before[i];
            _state[i] = Substitute(sum, after[i]);
        }

        Multiply(_parameters.Sparse.Mds);
    }

    private void FullRound(ReadOnlySpan<Fr> after)
    {
        _rounds.Add(_rows.Count);
        for (var i = 0; i < _state.Length; i++)
        {
            _state[i] = Substitute(State(_state[i], Single(0), Fr.Zero), after.IsEmpty ? Fr.Zero : after[i]);
        }
    }

    private void PartialRounds()
    {
        var width = _parameters.Width;
        ReadOnlySpan<Fr> sparse = _parameters.Sparse.SparseMatrices;
        foreach (ref readonly var constant in NextConstants(_parameters.PartialRounds))
        {
            _rounds.Add(_rows.Count);
            _state[0] = Substitute(State(_state[0], Single(0), Fr.Zero), constant);
            var first = InnerProduct(sparse[..width]);
            for (var i = 1; i < width; i++)
            {
                AddScaled(_state[i], _state[0], sparse[width + i - 1]);
            }

            _state[0] = first;
            sparse = sparse[((2 * width) - 1)..];
        }
    }

    // Rows of a fifth power plus a constant: square, fourth, fifth.
    private Fr[] Substitute(Fr[] value, in Fr constant)
    {
        var square = State(value, value, Fr.Zero);
        return State(value, State(square, square, Fr.Zero), constant);
    }

    /// <summary>States that a new variable is left times right plus a constant, and gives the variable.</summary>
    private Fr[] State(Fr[] left, Fr[] right, in Fr constant)
    {
        _rows.Add(new PoseidonRow(Terms(left), Terms(right), constant));
        return Single(_parameters.Arity + _rows.Count);
    }

    private void Multiply(ReadOnlySpan<Fr> matrix)
    {
        var width = _parameters.Width;
        var product = new Fr[width][];
        for (var row = 0; row < width; row++)
        {
            product[row] = InnerProduct(matrix.Slice(row * width, width));
        }

        product.CopyTo(_state, 0);
    }

    private Fr[] InnerProduct(ReadOnlySpan<Fr> factors)
    {
        var sum = new Fr[_locals];
        for (var i = 0; i < factors.Length; i++)
        {
            AddScaled(sum, _state[i], factors[i]);
        }

        return sum;
    }

    private static void AddScaled(Fr[] sum, Fr[] addend, in Fr factor)
    {
        for (var i = 0; i < sum.Length; i++)
        {
            if (!addend[i].IsZero)
            {
                sum[i] += addend[i] * factor;
            }
        }
    }

    private Fr[] Single(int local)
    {
        var sum = new Fr[_locals];
        sum[local] = Fr.One;
        return sum;
    }

    private static PoseidonTerm[] Terms(Fr[] sum) =>
        [.. sum.Index().Where(term => !term.Item.IsZero).Select(term => new PoseidonTerm(term.Index, term.Item))];
}
