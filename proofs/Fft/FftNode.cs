using System.Runtime.CompilerServices;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Fft;

/// <summary>
/// One node of the tree by which X^N - c is split into its roots: X^M - c' into X^(M/2) - a and X^(M/2) + a, and so on
/// for some stages (Cooley, Tukey; in this form Bernstein: Multidigit multiplication for mathematicians, 2001). The
/// factor a of the j-th node of stage t below is a power of the node's own root, times a root of unity that depends on
/// j alone. So tables stay small however large N is, and a coset costs nothing.
/// Holds the memory of one thread: the factors and the blocks that are worked on.
/// </summary>
internal sealed unsafe class FftNode<TKernel> : IDisposable
    where TKernel : struct, IFrTransformKernel
{
    private const int BlockLength = FrBlock.SizeBytes / sizeof(double), Elements = FrBlock.Elements;
    private const int Squares = 4, SquareFactors = (1 << Squares) - 1;
    private const int StageBlocks = 35, DataBlocks = 1 << FftPlan.MaxColumnStages;

    private readonly FrBlockBuffer _buffer = new(2 + StageBlocks + SquareFactors + DataBlocks);
    private readonly bool _inverse;
    private readonly long[] _columns = GC.AllocateArray<long>(FrColumns.Count, pinned: true);
    private readonly Fr[] _powers = GC.AllocateArray<Fr>(Elements, pinned: true);
    private readonly double* _powerBlock, _squareConstants, _stages, _squareFactors;

    /// <summary>Reserves the memory.</summary>
    public FftNode(bool inverse)
    {
        _inverse = inverse;
        FrColumns.Write(1, _columns);
        fixed (FrBlock* blocks = _buffer.Blocks)
        {
            // Outside the managed heap: it does not move.
            _powerBlock = (double*)blocks;
        }

        _squareConstants = _powerBlock + BlockLength;
        _stages = _squareConstants + BlockLength;
        _squareFactors = _stages + (StageBlocks * BlockLength);
        Data = _squareFactors + (SquareFactors * BlockLength);
    }

    /// <summary>512 blocks to work on.</summary>
    public double* Data { get; }

    private long* Columns => (long*)Unsafe.AsPointer(ref _columns[0]);

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();

    /// <summary>The i-th block of the data.</summary>
    public double* Row(int index) => Data + (index * BlockLength);

    /// <summary>Computes the factors.</summary>
    /// <param name="root">The factor of the first node of the last stage; its inverse for interpolation.</param>
    /// <param name="stages">Stages below the node.</param>
    /// <param name="rowStages">Those of them whose factors are the same for all lanes.</param>
    public void Set(in Fr root, int stages, int rowStages)
    {
        Fr power = root;
        for (int stage = stages - 1; stage >= 0; stage--)
        {
            _powers[stage] = power;
            power = power.Square();
        }

        SetSquareConstants(stages);
        for (int stage = 0; stage < stages; stage++)
        {
            _powers[stage] *= TKernel.FactorScale;
        }

        Load(_powerBlock);
        double* shared = FftFactorTable<TKernel>.Level(_inverse, 0);
        for (int stage = 0; stage < rowStages; stage++)
        {
            double* factor = TKernel.Factor(_powerBlock, stage), destination = Stage(stage);
            for (int block = 0; block < Math.Max(1, (1 << stage) / Elements); block++)
            {
                TKernel.Scale(
                    shared + (block * BlockLength), factor, Columns, destination + (block * BlockLength));
            }
        }
    }

    /// <summary>All stages between rows: from one polynomial in each lane to its remainders.</summary>
    public void EvaluateRows(int rows) => EvaluateRows(Data, rows, 0, 0);

    /// <summary>The reverse.</summary>
    public void InterpolateRows(int rows) => InterpolateRows(Data, rows, 0, 0);

    /// <summary>
    /// The last four stages, within runs of sixteen: of sixteen rows from the given square on, which it transposes.
    /// </summary>
    public void EvaluateSquare(int square)
    {
        double* rows = Row(square * Elements);
        SetSquareFactors(square);
        TKernel.Transpose(rows);
        for (int stage = 0; stage < Squares; stage++)
        {
            int half = Elements >> (stage + 1);
            for (int node = 0; node < 1 << stage; node++)
            {
                double* x = rows + (2 * half * node * BlockLength);
                for (int i = 0; i < half; i++)
                {
                    TKernel.EvaluateLanes(
                        x + (i * BlockLength), x + ((half + i) * BlockLength), SquareFactor(stage, node), Columns);
                }
            }
        }
    }

    /// <summary>The reverse: transposes after the stages.</summary>
    public void InterpolateSquare(int square)
    {
        double* rows = Row(square * Elements);
        SetSquareFactors(square);
        for (int stage = Squares - 1; stage >= 0; stage--)
        {
            int half = Elements >> (stage + 1);
            for (int node = 0; node < 1 << stage; node++)
            {
                double* x = rows + (2 * half * node * BlockLength);
                for (int i = 0; i < half; i++)
                {
                    TKernel.InterpolateLanes(
                        x + (i * BlockLength), x + ((half + i) * BlockLength), SquareFactor(stage, node), Columns);
                }
            }
        }

        TKernel.Transpose(rows);
    }

    /// <summary>Multiplies the first rows by a constant, which was loaded by <see cref="SetScale"/>.</summary>
    public void ScaleRows(int rows)
    {
        for (int row = 0; row < rows; row++)
        {
            TKernel.Scale(Row(row), TKernel.Factor(_powerBlock, Elements - 1), Columns, Row(row));
        }
    }

    /// <summary>The constant of <see cref="ScaleRows"/>, for the nodes that are set after it.</summary>
    public void SetScale(in Fr scale) => _powers[Elements - 1] = scale * TKernel.FactorScale;

    // Depth first, so that what two stages share is still in the nearest cache.
    private void EvaluateRows(double* rows, int count, int stage, int node)
    {
        if (count == 1)
        {
            return;
        }

        int half = count / 2;
        double* factor = TKernel.Factor(Stage(stage), node), upper = rows + (half * BlockLength);
        for (int i = 0; i < half; i++)
        {
            TKernel.Evaluate(rows + (i * BlockLength), upper + (i * BlockLength), factor, Columns);
        }

        EvaluateRows(rows, half, stage + 1, 2 * node);
        EvaluateRows(upper, half, stage + 1, (2 * node) + 1);
    }

    private void InterpolateRows(double* rows, int count, int stage, int node)
    {
        if (count == 1)
        {
            return;
        }

        int half = count / 2;
        double* factor = TKernel.Factor(Stage(stage), node), upper = rows + (half * BlockLength);
        InterpolateRows(rows, half, stage + 1, 2 * node);
        InterpolateRows(upper, half, stage + 1, (2 * node) + 1);
        for (int i = 0; i < half; i++)
        {
            TKernel.Interpolate(rows + (i * BlockLength), upper + (i * BlockLength), factor, Columns);
        }
    }

    // Stages of up to sixteen nodes have a block each.
    private double* Stage(int stage) =>
        _stages + ((stage < Squares ? stage : Squares - 1 + (1 << (stage - Squares))) * BlockLength);

    // What the factors of a square have in common: the node's power of the stage, and the root of the node among those
    // of its run of sixteen.
    private void SetSquareConstants(int stages)
    {
        Fr* constants = stackalloc Fr[Elements];
        for (int stage = 0; stage < Squares && stages >= Squares; stage++)
        {
            Fr root = _inverse ? RootsOfUnity.InverseRoot(stage + 1) : RootsOfUnity.Root(stage + 1);
            Fr constant = _powers[stages - Squares + stage] * TKernel.FactorScale;
            for (int i = 0; i < 1 << stage; i++)
            {
                constants[(1 << stage) - 1 + BitReversal.Of(i, stage)] = constant;
                constant *= root;
            }
        }

        TKernel.Load(constants, 1, _squareConstants);
    }

    private void SetSquareFactors(int square)
    {
        for (int stage = 0; stage < Squares; stage++)
        {
            double* shared = FftFactorTable<TKernel>.Level(_inverse, stage) + (square * BlockLength);
            for (int node = 0; node < 1 << stage; node++)
            {
                double* constant = TKernel.Factor(_squareConstants, (1 << stage) - 1 + node);
                TKernel.Scale(shared, constant, Columns, SquareFactor(stage, node));
            }
        }
    }

    private double* SquareFactor(int stage, int node) =>
        _squareFactors + (((1 << stage) - 1 + node) * BlockLength);

    private void Load(double* block)
    {
        fixed (Fr* powers = _powers)
        {
            TKernel.Load(powers, 1, block);
        }
    }
}
