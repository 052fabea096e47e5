using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Poseidon;

/// <summary>
/// The constants of one arity in the order in which <see cref="PoseidonLanes{TKernel}"/> uses them, from
/// <see cref="PoseidonSparseForm"/>. Partial rounds are taken in blocks: within a block only the first element is made
/// anew, from the others as they were at its beginning and from the outputs of the block's S-boxes, and the others
/// follow at its end with one reduction each instead of one in every round. Immutable, one instance per arity.
/// </summary>
internal sealed unsafe class PoseidonLaneForm
{
    private const int HalfFullRounds = PoseidonParameters.FullRounds / 2;

    private static readonly ConcurrentDictionary<int, PoseidonLaneForm> Instances = new();

    private readonly double[] _factors;
    private readonly long[] _columns;
    private int _factorCount;
    private int _columnCount;

    private PoseidonLaneForm(PoseidonParameters parameters)
    {
        Width = parameters.Width;
        PartialRounds = parameters.PartialRounds;

        // The more rounds in a block the fewer reductions, but the more products of outputs among themselves.
        BlockRounds = Width < 6 ? 3 : 5;
        _factors = GC.AllocateArray<double>(CountFactors() * FrBlock.Limbs, pinned: true);
        _columns = GC.AllocateArray<long>(CountColumns() * FrColumns.Count, pinned: true);
        Fill(parameters);
        if (_factorCount != _factors.Length || _columnCount != _columns.Length)
        {
            throw new InvalidOperationException("The constants do not fill their tables.");
        }
    }

    /// <summary>Number of state elements.</summary>
    public int Width { get; }

    /// <summary>Number of partial rounds.</summary>
    public int PartialRounds { get; }

    /// <summary>Most partial rounds in a block.</summary>
    public int BlockRounds { get; }

    /// <summary>
    /// Five limbs each: the multiplier into Montgomery form; the first element behind its first S-box; the dense
    /// matrix; the matrix before the partial rounds; for each block, for each of its rounds, what makes the first
    /// element, then for each other element what is added to it.
    /// </summary>
    public double* Factors => Pointer(_factors);

    /// <summary>
    /// Starting values: for 0 terms and up, as many as sums have; for each input; for each S-box that a constant
    /// follows, in the order of rounds.
    /// </summary>
    public long* Columns => Pointer(_columns);

    /// <summary>The most terms that a sum has.</summary>
    public int MaxTerms => Width - 1 + BlockRounds;

    /// <summary>The form for an arity, made at first use.</summary>
    public static PoseidonLaneForm For(PoseidonParameters parameters) =>
        Instances.TryGetValue(parameters.Arity, out PoseidonLaneForm? known)
            ? known
            : Instances.GetOrAdd(parameters.Arity, static (_, p) => new PoseidonLaneForm(p), parameters);

    // The array is pinned: it lies where it is as long as this object lives, and instances are never given up.
    private static T* Pointer<T>(T[] pinned)
        where T : unmanaged => (T*)Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);

    private int CountFactors()
    {
        int count = 2 + (2 * Width * Width);
        for (int first = 0; first < PartialRounds; first += BlockRounds)
        {
            int rounds = Math.Min(BlockRounds, PartialRounds - first);
            count += (rounds * (Width - 1)) + (rounds * (rounds + 1) / 2) + ((Width - 1) * rounds);
        }

        return count;
    }

    private int CountColumns() =>
        MaxTerms + 1 + (Width - 1) + (Width - 1) + (((2 * HalfFullRounds) - 2) * Width) + PartialRounds;

    private void Fill(PoseidonParameters parameters)
    {
        PoseidonSparseForm form = parameters.Sparse;
        ReadOnlySpan<Fr> constants = form.Constants;
        Add(FrDigits.FromPlain);
        Add((parameters.DomainTag + constants[0]).Quintic() + constants[Width]);
        Array.ForEach(form.Mds, Add);
        Array.ForEach(form.PreSparse, Add);
        for (int first = 0; first < PartialRounds; first += BlockRounds)
        {
            AddBlock(form.SparseMatrices, first, Math.Min(BlockRounds, PartialRounds - first));
        }

        for (int terms = 0; terms <= MaxTerms; terms++)
        {
            FrColumns.Write(terms, NextColumns());
        }

        // The first element's first two constants are in its value behind the first S-box.
        for (int i = 1; i < constants.Length; i++)
        {
            if (i != Width)
            {
                FrColumns.Write(1, constants[i], NextColumns());
            }
        }
    }

    private void AddBlock(Fr[] sparse, int first, int rounds)
    {
        int stride = (2 * Width) - 1;
        for (int round = 0; round < rounds; round++)
        {
            Span<Fr> row = sparse.AsSpan((first + round) * stride, Width);
            foreach (ref readonly Fr factor in row[1..])
            {
                Add(factor);
            }

            for (int earlier = 0; earlier < round; earlier++)
            {
                Add(Fr.InnerProduct(row[1..], Entering(first + earlier)));
            }

            Add(row[0]);
        }

        for (int element = 0; element < Width - 1; element++)
        {
            for (int round = 0; round < rounds; round++)
            {
                Add(Entering(first + round)[element]);
            }
        }

        Span<Fr> Entering(int round) => sparse.AsSpan((round * stride) + Width, Width - 1);
    }

    private void Add(Fr factor)
    {
        FrDigits.Write(factor, _factors.AsSpan(_factorCount, FrBlock.Limbs));
        _factorCount += FrBlock.Limbs;
    }

    private Span<long> NextColumns()
    {
        Span<long> columns = _columns.AsSpan(_columnCount, FrColumns.Count);
        _columnCount += FrColumns.Count;
        return columns;
    }
}
