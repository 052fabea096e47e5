using Federation.Proofs.Curve;

namespace Federation.Proofs.Msm;

/// <summary>
/// Batched additions, one after another: with Montgomery's trick for the slopes' denominators an addition takes five
/// products and a square.
/// </summary>
internal sealed unsafe class ScalarBatchAdder<TField> : IBatchAdder<TField>
    where TField : unmanaged, ICurveField<TField>
{
    // An inversion takes about 500 products: a quarter of one for each addition.
    private const int Capacity = 2048;

    // A plain number in place of an element stands for its 2^384th part.
    private static readonly Fp FromPlain = Fp.FromUInt64(1UL << 48).PowVarTime([8]);

    private readonly NativeArray<Entry> _entries = new(Capacity);
    private int _count;

    /// <inheritdoc/>
    public static void Enter(AffinePoint<TField>* points, int count, bool plain)
    {
        Fp* coordinates = (Fp*)points;
        long end = plain ? count * (sizeof(AffinePoint<TField>) / sizeof(Fp)) : 0;
        for (long i = 0; i < end; i++)
        {
            coordinates[i] *= FromPlain;
        }
    }

    /// <inheritdoc/>
    public static AffinePoint<TField> Leave(in AffinePoint<TField> point) => point;

    /// <inheritdoc/>
    public void Dispose() => _entries.Dispose();

    /// <inheritdoc/>
    public void Add(in AffinePoint<TField> left, in AffinePoint<TField> right, AffinePoint<TField>* sum)
    {
        Entry* entry = _entries.First + _count;
        entry->Denominator = right.X - left.X;
        entry->Numerator = right.Y - left.Y;
        entry->Left = left;
        entry->RightX = right.X;
        entry->Sum = sum;
        if ((entry->Denominator.IsZero || left.IsInfinity || right.IsInfinity)
            && !TryDouble(left, right, entry))
        {
            return;
        }

        if (++_count == Capacity)
        {
            Flush();
        }
    }

    /// <inheritdoc/>
    public void Flush()
    {
        if (_count == 0)
        {
            return;
        }

        TField product = TField.One;
        for (Entry* entry = _entries.First; entry < _entries.First + _count; entry++)
        {
            entry->Before = product;
            product *= entry->Denominator;
        }

        TField inverse = product.Inverse();
        for (Entry* entry = _entries.First + _count - 1; entry >= _entries.First; entry--)
        {
            TField slope = inverse * entry->Before * entry->Numerator;
            inverse *= entry->Denominator;
            TField x = slope.Square() - entry->Left.X - entry->RightX;
            *entry->Sum = new AffinePoint<TField>(x, (slope * (entry->Left.X - x)) - entry->Left.Y);
        }

        _count = 0;
    }

    // The tangent's slope for equal points; what needs none is done at once, and false.
    private static bool TryDouble(in AffinePoint<TField> left, in AffinePoint<TField> right, Entry* entry)
    {
        if (left.IsInfinity || right.IsInfinity)
        {
            *entry->Sum = left.IsInfinity ? right : left;
            return false;
        }

        if (!entry->Numerator.IsZero || left.Y.IsZero)
        {
            *entry->Sum = default;
            return false;
        }

        TField square = left.X.Square();
        entry->Numerator = square.Twice() + square;
        entry->Denominator = left.Y.Twice();
        return true;
    }

    private struct Entry
    {
        public TField Denominator, Numerator, Before, RightX;
        public AffinePoint<TField> Left;
        public AffinePoint<TField>* Sum;
    }
}
