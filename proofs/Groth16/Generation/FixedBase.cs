using System.Runtime.InteropServices;
using Federation.Proofs.Curve;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Groth16.Generation;

/// <summary>
/// Many multiples of one point. A table holds every multiple by a digit of 10 bits at every place, so that a product is
/// a sum of 26 of them; the sums of many products are formed side by side in affine coordinates, one inversion for all.
/// Digits are signed, -511 to 512. Thread-safe; time depends on the scalars.
/// </summary>
internal sealed class FixedBase<TField>
    where TField : unmanaged, ICurveField<TField>
{
    private const int DigitBits = 10, Rows = 26, RowSize = 1 << (DigitBits - 1), BlockSize = 512;

    private readonly TField[] _x = new TField[Rows * RowSize];
    private readonly TField[] _y = new TField[Rows * RowSize];

    /// <summary>Fills the table for a point other than infinity.</summary>
    public FixedBase(in TField x, in TField y)
    {
        var row = JacobianPoint<TField>.FromAffine(x, y);
        var multiples = new JacobianPoint<TField>[Rows * RowSize];
        for (var k = 0; k < Rows; k++)
        {
            var multiple = row;
            for (var j = 0; j < RowSize; j++)
            {
                multiples[(k * RowSize) + j] = multiple;
                multiple = multiple.Add(row);
            }

            // The last of the row, 2^9 times, doubled.
            row = multiples[(k * RowSize) + RowSize - 1].Twice();
        }

        var inverses = new TField[multiples.Length];
        for (var i = 0; i < multiples.Length; i++)
        {
            inverses[i] = multiples[i].Z;
        }

        BatchInversion.Invert<TField>(inverses);
        for (var i = 0; i < multiples.Length; i++)
        {
            (_x[i], _y[i]) = multiples[i].ToAffine(inverses[i]);
        }
    }

    /// <summary>The coordinates of each multiple; (0, 0), which stands for infinity, for zero.</summary>
    public void Multiply(ReadOnlySpan<Fr> scalars, Span<TField> x, Span<TField> y)
    {
        var sums = new Sums(this);
        for (; scalars.Length > 0; scalars = scalars[Math.Min(BlockSize, scalars.Length)..])
        {
            var count = Math.Min(BlockSize, scalars.Length);
            sums.Run(scalars[..count], x[..count], y[..count]);
            x = x[count..];
            y = y[count..];
        }
    }

    /// <summary>A block's sums under way, with room for its digits and denominators.</summary>
    private sealed class Sums(FixedBase<TField> table)
    {
        private readonly short[] _digits = new short[Rows * BlockSize];
        private readonly int[] _active = new int[BlockSize], _entry = new int[BlockSize];
        private readonly TField[] _differences = new TField[BlockSize], _before = new TField[BlockSize];

        public void Run(ReadOnlySpan<Fr> scalars, Span<TField> x, Span<TField> y)
        {
            x.Clear();
            y.Clear();
            for (var i = 0; i < scalars.Length; i++)
            {
                WriteDigits(scalars[i], _digits.AsSpan(i * Rows, Rows));
            }

            for (var row = 0; row < Rows; row++)
            {
                AddRow(row, x, y);
            }

            _digits.AsSpan().Clear();
        }

        private static void WriteDigits(in Fr scalar, Span<short> digits)
        {
            Span<byte> bytes = stackalloc byte[Fr.SizeBytes + sizeof(uint)];
            bytes[Fr.SizeBytes..].Clear();
            scalar.WriteBytes(bytes[..Fr.SizeBytes]);
            var carry = 0;
            for (var row = 0; row < Rows; row++)
            {
                var bit = row * DigitBits;
                var word = MemoryMarshal.Read<uint>(bytes[(bit / 8)..]) >> (bit % 8);
                var digit = (int)(word & ((1 << DigitBits) - 1)) + carry;
                carry = digit > RowSize ? 1 : 0;
                digits[row] = (short)(digit - (carry << DigitBits));
            }

            bytes.Clear();
        }

        private void AddRow(int row, Span<TField> x, Span<TField> y)
        {
            var (count, product) = (0, TField.One);
            for (var i = 0; i < x.Length; i++)
            {
                int digit = _digits[(i * Rows) + row];
                if (digit == 0)
                {
                    continue;
                }

                var entry = (row * RowSize) + Math.Abs(digit) - 1;
                if (x[i].IsZero && y[i].IsZero)
                {
                    x[i] = table._x[entry];
                    y[i] = digit < 0 ? -table._y[entry] : table._y[entry];
                    continue;
                }

                var difference = table._x[entry] - x[i];
                if (difference.IsZero)
                {
                    AddEqual(ref x[i], ref y[i], table._x[entry], digit < 0 ? -table._y[entry] : table._y[entry]);
                    continue;
                }

                (_active[count], _entry[count]) = (i, digit < 0 ? ~entry : entry);
                (_differences[count], _before[count]) = (difference, product);
                product *= difference;
                count++;
            }

            AddActive(count, product, x, y);
        }

        private void AddActive(int count, TField product, Span<TField> x, Span<TField> y)
        {
            var inverse = count > 0 ? product.Inverse() : product;
            for (var k = count - 1; k >= 0; k--)
            {
                var entry = _entry[k];
                var (tableX, tableY) = entry < 0 ? (table._x[~entry], -table._y[~entry]) : (table._x[entry], table._y[entry]);
                var i = _active[k];
                var slope = (tableY - y[i]) * (inverse * _before[k]);
                inverse *= _differences[k];
                var sumX = slope.Square() - x[i] - tableX;
                y[i] = (slope * (x[i] - sumX)) - y[i];
                x[i] = sumX;
            }
        }

        /// <summary>The sum of points of one x: twice the point, or infinity.</summary>
        private static void AddEqual(ref TField x, ref TField y, in TField otherX, in TField otherY)
        {
            var sum = JacobianPoint<TField>.FromAffine(x, y).AddMixed(otherX, otherY);
            (x, y) = sum.IsInfinity ? (default, default) : sum.ToAffine();
        }
    }
}
