using Federation.Proofs.Curve;

namespace Federation.Proofs.Msm;

/// <summary>
/// Batched additions, eight beside one another: each lane multiplies up its own denominators, and the eight products
/// are inverted together. Points are in the lanes' Montgomery form, see <see cref="Enter"/>.
/// </summary>
internal sealed unsafe class LaneBatchAdder<TField, TLanes> : IBatchAdder<TField>
    where TField : unmanaged, ICurveField<TField>
    where TLanes : struct, ILaneField<TField>
{
    private const int Lanes = FpAvx512.Lanes, Blocks = 512;

    // In a block of additions, each as long as an element in lanes.
    private const int DeltaX = 0, DeltaY = 1, LeftX = 2, SumX = 3, LeftY = 4, Before = 5, Parts = 6;

    // In the staged block, words of both points, and of x that is taken off beside the left one.
    private const int StagedLeftX = 0, StagedLeftY = 1, StagedRightX = 2, StagedRightY = 3, StagedOtherX = 4;
    private const int StagedParts = 5;

    private static readonly int Part = TLanes.Components * FpAvx512.BlockLength;
    private static readonly int Words = TLanes.Components * FpAvx512.Words;
    private static readonly TField InverseFactor = TLanes.EnterFactor.Square();

    private readonly NativeArray<double> _blocks = new((long)Blocks * Parts * Part);
    private readonly NativeArray<double> _scratch = new(5L * Part);
    private readonly NativeArray<ulong> _staged = new(StagedParts * Words * Lanes);
    private readonly NativeArray<nint> _sums = new(Blocks * Lanes);
    private int _count;

    /// <inheritdoc/>
    public static AffinePoint<TField> Enter(in AffinePoint<TField> point) =>
        new(point.X * TLanes.EnterFactor, point.Y * TLanes.EnterFactor);

    /// <inheritdoc/>
    public static AffinePoint<TField> Leave(in AffinePoint<TField> point) =>
        new(point.X * TLanes.LeaveFactor, point.Y * TLanes.LeaveFactor);

    /// <inheritdoc/>
    public void Dispose()
    {
        _blocks.Dispose();
        _scratch.Dispose();
        _staged.Dispose();
        _sums.Dispose();
    }

    /// <inheritdoc/>
    public void Add(in AffinePoint<TField> left, in AffinePoint<TField> right, AffinePoint<TField>* sum)
    {
        if (left.IsInfinity || right.IsInfinity)
        {
            *sum = left.IsInfinity ? right : left;
        }
        else if (!left.X.Equals(right.X))
        {
            Stage(left, right, right.X, sum);
        }
        else if (!left.Y.Equals(right.Y) || left.Y.IsZero)
        {
            *sum = default;
        }
        else
        {
            // The tangent is the chord to the point that lies 2·y to the right and 3·x² higher.
            TField square = left.X.Square() * TLanes.LeaveFactor;
            var chord = new AffinePoint<TField>(left.X + left.Y.Twice(), left.Y + square.Twice() + square);
            Stage(left, chord, left.X, sum);
        }
    }

    /// <inheritdoc/>
    public void Flush()
    {
        if (_count == 0)
        {
            return;
        }

        while (_count % Lanes != 0)
        {
            Stage(default, new AffinePoint<TField>(TField.One, TField.One), TField.One, null);
        }

        int blocks = _count / Lanes;
        _count = 0;
        MultiplyUp(blocks);
        InvertLanes();
        for (int block = blocks - 1; block >= 0; block--)
        {
            Finish(block);
        }
    }

    private void Stage(
        in AffinePoint<TField> left, in AffinePoint<TField> right, in TField otherX, AffinePoint<TField>* sum)
    {
        int lane = _count % Lanes;
        StageWords(left.X, StagedLeftX, lane);
        StageWords(left.Y, StagedLeftY, lane);
        StageWords(right.X, StagedRightX, lane);
        StageWords(right.Y, StagedRightY, lane);
        StageWords(otherX, StagedOtherX, lane);
        _sums.First[_count++] = (nint)sum;
        if (lane == Lanes - 1)
        {
            LoadBlock((_count / Lanes) - 1);
            if (_count == Blocks * Lanes)
            {
                Flush();
            }
        }
    }

    private void StageWords(in TField element, int part, int lane)
    {
        fixed (TField* first = &element)
        {
            var words = (ulong*)first;
            ulong* staged = _staged.First + (part * Words * Lanes) + lane;
            for (int i = 0; i < Words; i++)
            {
                staged[i * Lanes] = words[i];
            }
        }
    }

    private void LoadBlock(int block)
    {
        double* leftX = At(block, LeftX), leftY = At(block, LeftY), right = _scratch.First;
        LoadStaged(StagedLeftX, leftX);
        LoadStaged(StagedLeftY, leftY);
        LoadStaged(StagedRightX, right);
        Subtract(right, leftX, At(block, DeltaX));
        LoadStaged(StagedRightY, right);
        Subtract(right, leftY, At(block, DeltaY));
        LoadStaged(StagedOtherX, right);
        for (int i = 0; i < Part; i += FpAvx512.BlockLength)
        {
            FpAvx512.Add(leftX + i, right + i, At(block, SumX) + i);
        }
    }

    private void LoadStaged(int part, double* destination)
    {
        ulong* words = _staged.First + (part * Words * Lanes);
        for (int i = 0; i < TLanes.Components; i++)
        {
            FpAvx512.Load(
                words + (i * FpAvx512.Words * Lanes), destination + (i * FpAvx512.BlockLength));
        }
    }

    // Leaves the product of all denominators of a lane in the scratch.
    private void MultiplyUp(int blocks)
    {
        double* product = _scratch.First;
        Copy(At(0, DeltaX), product);
        for (int block = 1; block < blocks; block++)
        {
            Copy(product, At(block, Before));
            TLanes.Multiply(product, At(block, DeltaX), product);
        }
    }

    // Over the products in the scratch: one inversion for all lanes.
    private void InvertLanes()
    {
        TField* products = stackalloc TField[Lanes], before = stackalloc TField[Lanes];
        SaveTo(_scratch.First, (ulong*)products);
        TField product = TField.One;
        for (int lane = 0; lane < Lanes; lane++)
        {
            before[lane] = product;
            product *= products[lane];
        }

        TField inverse = product.Inverse();
        for (int lane = Lanes - 1; lane >= 0; lane--)
        {
            TField element = products[lane];
            products[lane] = inverse * before[lane] * InverseFactor;
            inverse *= element;
        }

        for (int lane = 0; lane < Lanes; lane++)
        {
            StageWords(products[lane], 0, lane);
        }

        LoadStaged(0, _scratch.First);
    }

    private void Finish(int block)
    {
        double* inverse = _scratch.First, slope = inverse + Part, x = slope + Part, y = x + Part;
        if (block == 0)
        {
            Copy(inverse, slope);
        }
        else
        {
            TLanes.Multiply(inverse, At(block, Before), slope);
            TLanes.Multiply(inverse, At(block, DeltaX), inverse);
        }

        TLanes.Multiply(slope, At(block, DeltaY), slope);
        TLanes.Multiply(slope, slope, x);
        Subtract(x, At(block, SumX), x);
        Subtract(At(block, LeftX), x, y);
        TLanes.Multiply(slope, y, y);
        Subtract(y, At(block, LeftY), y);
        WriteSums(block, x, y);
    }

    private void WriteSums(int block, double* x, double* y)
    {
        TField* elements = stackalloc TField[2 * Lanes];
        SaveTo(x, (ulong*)elements);
        SaveTo(y, (ulong*)(elements + Lanes));
        for (int lane = 0; lane < Lanes; lane++)
        {
            var sum = (AffinePoint<TField>*)_sums.First[(block * Lanes) + lane];
            if (sum is not null)
            {
                *sum = new AffinePoint<TField>(elements[lane], elements[Lanes + lane]);
            }
        }
    }

    // Elements one after another.
    private static void SaveTo(double* source, ulong* elements)
    {
        ulong* words = stackalloc ulong[FpAvx512.Words * Lanes];
        for (int component = 0; component < TLanes.Components; component++)
        {
            FpAvx512.Save(source + (component * FpAvx512.BlockLength), words);
            ulong* destination = elements + (component * FpAvx512.Words);
            for (int lane = 0; lane < Lanes; lane++)
            {
                for (int word = 0; word < FpAvx512.Words; word++)
                {
                    destination[word] = words[(word * Lanes) + lane];
                }

                destination += Words;
            }
        }
    }

    private static void Subtract(double* left, double* right, double* difference)
    {
        for (int i = 0; i < Part; i += FpAvx512.BlockLength)
        {
            FpAvx512.Subtract(left + i, right + i, difference + i);
        }
    }

    private static void Copy(double* source, double* destination) =>
        new ReadOnlySpan<double>(source, Part).CopyTo(new Span<double>(destination, Part));

    private double* At(int block, int part) => _blocks.First + (((block * Parts) + part) * Part);
}
