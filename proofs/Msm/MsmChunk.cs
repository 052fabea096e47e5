using Federation.Proofs.Curve;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Msm;

/// <summary>
/// Some of the points of a multi-scalar multiplication, with the digits of their scalars; and the points whose
/// scalar is one, which take one addition each. Those whose scalar is zero are passed over.
/// </summary>
internal sealed unsafe class MsmChunk<TField, TSource, TAdder> : IDisposable
    where TField : unmanaged, ICurveField<TField>
    where TSource : struct, IPointSource<TField>
    where TAdder : class, IBatchAdder<TField>, new()
{
    private readonly MsmInput _input;
    private readonly TSource _source;
    private readonly ScalarWindows _windows;
    private readonly int _capacity;
    private readonly NativeArray<AffinePoint<TField>> _points, _ones;
    private readonly NativeArray<short> _digits;
    private readonly NativeArray<int> _scalars;
    private readonly NativeArray<long> _bases, _oneBases;
    private int _nextScalar;
    private long _nextBase;

    /// <summary>Memory for so many points of either kind.</summary>
    public MsmChunk(in MsmInput input, TSource source, ScalarWindows windows, int full, int ones)
    {
        _input = input;
        _source = source;
        _windows = windows;
        _capacity = full;
        OnesCapacity = ones;
        _points = new NativeArray<AffinePoint<TField>>(full);
        _digits = new NativeArray<short>((long)full * windows.Count);
        _scalars = new NativeArray<int>(full);
        _bases = new NativeArray<long>(full);
        _ones = new NativeArray<AffinePoint<TField>>(ones);
        _oneBases = new NativeArray<long>(ones);
    }

    /// <summary>Number of points whose scalar is neither zero nor one.</summary>
    public int Count { get; private set; }

    /// <summary>Number of points whose scalar is one.</summary>
    public int Ones { get; private set; }

    /// <summary>The most of these.</summary>
    public int OnesCapacity { get; }

    /// <summary>Points whose scalar is neither.</summary>
    public AffinePoint<TField>* Points => _points.First;

    /// <summary>Points whose scalar is one.</summary>
    public AffinePoint<TField>* OnePoints => _ones.First;

    /// <inheritdoc/>
    public void Dispose()
    {
        _points.Dispose();
        _digits.Dispose();
        _scalars.Dispose();
        _bases.Dispose();
        _ones.Dispose();
        _oneBases.Dispose();
    }

    /// <summary>Finds the next points; false when none are left.</summary>
    public bool Next()
    {
        (Count, Ones) = (0, 0);
        for (; _nextScalar < _input.Count && Count < _capacity && Ones < OnesCapacity; _nextScalar++)
        {
            if (!_input.HasBase(_nextScalar))
            {
                continue;
            }

            long index = _nextBase++;
            ref readonly Fr scalar = ref _input[_nextScalar];
            if (scalar == Fr.One)
            {
                _oneBases.First[Ones++] = index;
            }
            else if (!scalar.IsZero)
            {
                _scalars.First[Count] = _nextScalar;
                _bases.First[Count++] = index;
            }
        }

        return Count > 0 || Ones > 0;
    }

    /// <summary>Reads points and splits scalars of a part of the chunk.</summary>
    public void Load(int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            _points.First[i] = _source.Read(_bases.First[i]);
            WriteDigits(i, _points.First[i].IsInfinity ? Fr.Zero : _input[_scalars.First[i]]);
        }

        TAdder.Enter(_points.First + from, to - from, TSource.IsPlain);
    }

    /// <summary>Reads a part of the points whose scalar is one.</summary>
    public void LoadOnes(int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            _ones.First[i] = _source.Read(_oneBases.First[i]);
        }

        TAdder.Enter(_ones.First + from, to - from, TSource.IsPlain);
    }

    /// <summary>The digits of one window, from a point on; those of points at infinity are zero.</summary>
    public ReadOnlySpan<short> Digits(int window, int from, int count) =>
        new(_digits.First + ((long)window * _capacity) + from, count);

    // Windows lie apart, for a thread works on one at a time.
    private void WriteDigits(int index, in Fr scalar)
    {
        Span<ulong> words = stackalloc ulong[ScalarWindows.Words];
        _windows.Write(scalar, words);
        for (int window = 0; window < _windows.Count; window++)
        {
            _digits.First[((long)window * _capacity) + index] = _windows.Digit(words, window);
        }
    }
}
