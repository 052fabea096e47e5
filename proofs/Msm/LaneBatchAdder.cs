using System.Runtime.CompilerServices;
using Federation.Proofs.Curve;

namespace Federation.Proofs.Msm;

/// <summary>
/// Batched additions, eight beside one another: each lane multiplies up its own denominators, and the eight products
/// are inverted together. Points are in the lanes' Montgomery form, see <see cref="Enter"/>.
/// </summary>
internal sealed unsafe class LaneBatchAdder<TField, TBlocks> : IBatchAdder<TField>
    where TField : unmanaged, ICurveField<TField>
    where TBlocks : struct, IFpBlocks
{
    private const int Lanes = FpAvx512.Lanes, Blocks = 512;

    // In a block of additions, each as long as an element in lanes.
    private const int DeltaX = 0, DeltaY = 1, LeftX = 2, SumX = 3, LeftY = 4, Before = 5, Parts = 6;

    private static readonly TField LeaveFactor = FpBlocksEntry<TBlocks>.Factor<TField>().Inverse();
    private static readonly TField InverseFactor = FpBlocksEntry<TBlocks>.Factor<TField>().Square();

    private readonly NativeArray<double> _blocks = new((long)Blocks * Parts * Part);
    private readonly NativeArray<double> _scratch = new(5L * Part);
    private readonly NativeArray<Staged> _staged = new(Lanes);
    private readonly NativeArray<nint> _sums = new(Blocks * Lanes);
    private int _count;

    // Components over the base field, which are 1 or 2, and doubles of an element in lanes.
    private static int Components => sizeof(TField) / sizeof(Fp);

    private static int Part => Components * FpAvx512.BlockLength;

    /// <inheritdoc/>
    public static void Enter(AffinePoint<TField>* points, int count, bool plain) => FpBlocksEntry<TBlocks>.Enter(
        (Fp*)points, 2L * count * Components, plain);

    /// <inheritdoc/>
    public static AffinePoint<TField> Leave(in AffinePoint<TField> point) =>
        new(point.X * LeaveFactor, point.Y * LeaveFactor);

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
            TField square = left.X.Square() * LeaveFactor;
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
        Staged* staged = _staged.First + lane;
        staged->Left = left;
        staged->Right = right;
        staged->OtherX = otherX;
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

    private void LoadBlock(int block)
    {
        double* leftX = At(block, LeftX), leftY = At(block, LeftY), right = _scratch.First;
        Staged* staged = _staged.First;
        Load(&staged->Left.X, sizeof(Staged), leftX);
        Load(&staged->Left.Y, sizeof(Staged), leftY);
        Load(&staged->Right.X, sizeof(Staged), right);
        Subtract(right, leftX, At(block, DeltaX));
        Load(&staged->Right.Y, sizeof(Staged), right);
        Subtract(right, leftY, At(block, DeltaY));
        Load(&staged->OtherX, sizeof(Staged), right);
        for (int i = 0; i < Part; i += FpAvx512.BlockLength)
        {
            TBlocks.Add(leftX + i, right + i, At(block, SumX) + i);
        }
    }

    private static void Load(TField* first, int strideBytes, double* destination)
    {
        for (int i = 0; i < Components; i++)
        {
            TBlocks.Load(
                (ulong*)first + (i * FpAvx512.Words), strideBytes / sizeof(ulong),
                destination + (i * FpAvx512.BlockLength));
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
            Multiply(product, At(block, DeltaX), product);
        }
    }

    // Over the products in the scratch: one inversion for all lanes.
    private void InvertLanes()
    {
        TField* products = stackalloc TField[Lanes], before = stackalloc TField[Lanes];
        Save(_scratch.First, products, sizeof(TField));
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

        Load(products, sizeof(TField), _scratch.First);
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
            Multiply(inverse, At(block, Before), slope);
            Multiply(inverse, At(block, DeltaX), inverse);
        }

        Multiply(slope, At(block, DeltaY), slope);
        Multiply(slope, slope, x);
        Subtract(x, At(block, SumX), x);
        Subtract(At(block, LeftX), x, y);
        Multiply(slope, y, y);
        Subtract(y, At(block, LeftY), y);
        WriteSums(block, x, y);
    }

    [SkipLocalsInit]
    private void WriteSums(int block, double* x, double* y)
    {
        AffinePoint<TField>* points = stackalloc AffinePoint<TField>[Lanes];
        Save(x, &points->X, sizeof(AffinePoint<TField>));
        Save(y, &points->Y, sizeof(AffinePoint<TField>));
        for (int lane = 0; lane < Lanes; lane++)
        {
            var sum = (AffinePoint<TField>*)_sums.First[(block * Lanes) + lane];
            if (sum is not null)
            {
                *sum = points[lane];
            }
        }
    }

    private static void Save(double* source, TField* first, int strideBytes)
    {
        for (int i = 0; i < Components; i++)
        {
            TBlocks.Save(
                source + (i * FpAvx512.BlockLength), (ulong*)first + (i * FpAvx512.Words),
                strideBytes / sizeof(ulong));
        }
    }

    private static void Subtract(double* left, double* right, double* difference)
    {
        for (int i = 0; i < Part; i += FpAvx512.BlockLength)
        {
            TBlocks.Subtract(left + i, right + i, difference + i);
        }
    }

    private static void Multiply(double* left, double* right, double* product)
    {
        if (Components == 1)
        {
            TBlocks.Multiply(left, right, product);
        }
        else
        {
            TBlocks.MultiplyQuadratic(left, right, product);
        }
    }

    private static void Copy(double* source, double* destination) =>
        new ReadOnlySpan<double>(source, Part).CopyTo(new Span<double>(destination, Part));

    private double* At(int block, int part) => _blocks.First + (((block * Parts) + part) * Part);

    // Two points, and the x that is taken off beside the left one.
    private struct Staged
    {
        public AffinePoint<TField> Left, Right;
        public TField OtherX;
    }
}
