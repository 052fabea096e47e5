using Federation.Proofs.Curve;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Msm;

/// <summary>
/// Multiples of one point, from which its product with a scalar is a sum of one multiple for each of the scalar's
/// digits. Products of many scalars are formed side by side, in batched additions.
/// </summary>
internal sealed unsafe class FixedBaseTable<TField, TAdder> : IFixedBaseTable<TField>
    where TField : unmanaged, ICurveField<TField>
    where TAdder : class, IBatchAdder<TField>, new()
{
    // More make a table that no cache holds.
    private const int MaxBits = 13;

    private const int ScalarsPerItem = 2048;

    private readonly ScalarWindows _windows;
    private readonly NativeArray<AffinePoint<TField>> _multiples;

    /// <summary>Computes the multiples that pay for so many scalars.</summary>
    public FixedBaseTable(in AffinePoint<TField> point, long scalars)
    {
        var best = ScalarWindows.For(scalars);
        _windows = best.Bits > MaxBits ? new ScalarWindows(MaxBits) : best;
        _multiples = new NativeArray<AffinePoint<TField>>((long)_windows.Count * _windows.Half);
        SetBases(point);
        using var adder = new TAdder();
        for (int known = 1; known < _windows.Half; known *= 2)
        {
            Extend(adder, known);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _multiples.Dispose();

    /// <summary>Writes the point times each scalar.</summary>
    public void Multiply(
        Fr* scalars, int count, AffinePoint<TField>* products, int threads, CancellationToken cancellationToken)
    {
        int items = (count + ScalarsPerItem - 1) / ScalarsPerItem;
        ParallelLoop.Run(
            items,
            threads,
            item =>
            {
                int from = item * ScalarsPerItem;
                Multiply(scalars + from, Math.Min(count - from, ScalarsPerItem), products + from);
            },
            cancellationToken);
    }

    private void Multiply(Fr* scalars, int count, AffinePoint<TField>* products)
    {
        using var adder = new TAdder();
        var words = new ulong[count * ScalarWindows.Words];
        for (int i = 0; i < count; i++)
        {
            products[i] = default;
            _windows.Write(scalars[i], words.AsSpan(i * ScalarWindows.Words, ScalarWindows.Words));
        }

        for (int window = 0; window < _windows.Count; window++)
        {
            AffinePoint<TField>* multiples = Multiples(window);
            for (int i = 0; i < count; i++)
            {
                int digit = _windows.Digit(words.AsSpan(i * ScalarWindows.Words, ScalarWindows.Words), window);
                if (digit != 0)
                {
                    AffinePoint<TField>* multiple = multiples + Math.Abs(digit) - 1;
                    adder.Add(products[i], digit < 0 ? multiple->Negate() : *multiple, products + i);
                }
            }

            adder.Flush();
        }

        for (int i = 0; i < count; i++)
        {
            products[i] = TAdder.Leave(products[i]);
        }

        // Scalars may be the secrets of parameters.
        Array.Clear(words);
    }

    private void SetBases(in AffinePoint<TField> point)
    {
        var power = JacobianPoint<TField>.FromAffine(point.X, point.Y);
        for (int window = 0; window < _windows.Count; window++)
        {
            (TField x, TField y) = power.ToAffine();
            *Multiples(window) = new AffinePoint<TField>(x, y);
            TAdder.Enter(Multiples(window), 1, plain: false);
            for (int bit = 0; bit < _windows.Bits; bit++)
            {
                power = power.Twice();
            }
        }
    }

    // With multiples 1 to n, those up to 2·n are n more.
    private void Extend(TAdder adder, int known)
    {
        for (int window = 0; window < _windows.Count; window++)
        {
            AffinePoint<TField>* multiples = Multiples(window);
            for (int i = 0; i < known; i++)
            {
                adder.Add(multiples[known - 1], multiples[i], multiples + known + i);
            }
        }

        adder.Flush();
    }

    private AffinePoint<TField>* Multiples(int window) => _multiples.First + ((long)window * _windows.Half);
}
