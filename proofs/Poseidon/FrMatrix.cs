using Federation.Proofs.Fields;

namespace Federation.Proofs.Poseidon;

/// <summary>A small square matrix over the scalar field, row by row. Used to derive constants, not in hot
/// loops.</summary>
internal sealed class FrMatrix(int size)
{
    private readonly Fr[] _values = new Fr[size * size];

    internal int Size => size;

    internal ReadOnlySpan<Fr> Values => _values;

    internal ref Fr this[int row, int column] => ref _values[(row * size) + column];

    internal static FrMatrix Identity(int size)
    {
        var identity = new FrMatrix(size);
        for (int i = 0; i < size; i++)
        {
            identity[i, i] = Fr.One;
        }

        return identity;
    }

    /// <summary>The Cauchy matrix 1 / (row + column + size), which is symmetric and maximum distance
    /// separable.</summary>
    internal static FrMatrix Cauchy(int size)
    {
        var matrix = new FrMatrix(size);
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++)
            {
                matrix[row, column] = Fr.FromUInt64((ulong)(row + column + size)).Inverse();
            }
        }

        return matrix;
    }

    internal FrMatrix Multiply(FrMatrix other)
    {
        var product = new FrMatrix(size);
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++)
            {
                for (int k = 0; k < size; k++)
                {
                    product[row, column] += this[row, k] * other[k, column];
                }
            }
        }

        return product;
    }

    /// <summary>This matrix times a column vector.</summary>
    internal Fr[] Multiply(ReadOnlySpan<Fr> vector)
    {
        var product = new Fr[size];
        for (int row = 0; row < size; row++)
        {
            for (int k = 0; k < size; k++)
            {
                product[row] += this[row, k] * vector[k];
            }
        }

        return product;
    }

    internal FrMatrix Transpose()
    {
        var transposed = new FrMatrix(size);
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++)
            {
                transposed[column, row] = this[row, column];
            }
        }

        return transposed;
    }

    /// <summary>This matrix without its first row and first column.</summary>
    internal FrMatrix Minor()
    {
        var minor = new FrMatrix(size - 1);
        for (int row = 1; row < size; row++)
        {
            for (int column = 1; column < size; column++)
            {
                minor[row - 1, column - 1] = this[row, column];
            }
        }

        return minor;
    }

    /// <summary>The block-diagonal matrix of a one and this matrix.</summary>
    internal FrMatrix Bordered()
    {
        var bordered = new FrMatrix(size + 1);
        bordered[0, 0] = Fr.One;
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++)
            {
                bordered[row + 1, column + 1] = this[row, column];
            }
        }

        return bordered;
    }

    /// <summary>The inverse, by Gauss-Jordan elimination.</summary>
    /// <exception cref="InvalidOperationException">The matrix is singular.</exception>
    internal FrMatrix Invert()
    {
        FrMatrix left = Copy();
        FrMatrix right = Identity(size);
        for (int pivot = 0; pivot < size; pivot++)
        {
            SwapInPivot(left, right, pivot);
            Fr inverse = left[pivot, pivot].Inverse();
            Scale(left, pivot, inverse);
            Scale(right, pivot, inverse);
            for (int row = 0; row < size; row++)
            {
                if (row != pivot)
                {
                    Fr factor = left[row, pivot];
                    SubtractScaled(left, row, pivot, factor);
                    SubtractScaled(right, row, pivot, factor);
                }
            }
        }

        return right;
    }

    private static void SwapInPivot(FrMatrix left, FrMatrix right, int pivot)
    {
        int row = pivot;
        while (left[row, pivot].IsZero)
        {
            if (++row == left.Size)
            {
                throw new InvalidOperationException("The matrix is singular.");
            }
        }

        for (int column = 0; column < left.Size && row != pivot; column++)
        {
            (left[row, column], left[pivot, column]) = (left[pivot, column], left[row, column]);
            (right[row, column], right[pivot, column]) = (right[pivot, column], right[row, column]);
        }
    }

    private static void Scale(FrMatrix matrix, int row, in Fr factor)
    {
        for (int column = 0; column < matrix.Size; column++)
        {
            matrix[row, column] *= factor;
        }
    }

    private static void SubtractScaled(FrMatrix matrix, int row, int source, in Fr factor)
    {
        for (int column = 0; column < matrix.Size; column++)
        {
            matrix[row, column] -= matrix[source, column] * factor;
        }
    }

    private FrMatrix Copy()
    {
        var copy = new FrMatrix(size);
        _values.CopyTo(copy._values, 0);
        return copy;
    }
}
