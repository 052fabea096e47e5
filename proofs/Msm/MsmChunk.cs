using Federation.Proofs.Curve;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Msm;

/// <summary>
/// Some of the points of a multi-scalar multiplication, with their scalars as words of digits; and the points whose
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
    private readonly NativeArray<ulong> _words;
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
        _words = new NativeArray<ulong>((long)full * ScalarWindows.Words);
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
        _words.Dispose();
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
            _windows.Write(_input[_scalars.First[i]], WordsOf(i));
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

    /// <summary>Writes the digits of one window; points at infinity get zeros.</summary>
    public void WriteDigits(int window, int from, Span<int> digits)
    {
        for (int i = 0; i < digits.Length; i++)
        {
            digits[i] = _points.First[from + i].IsInfinity ? 0 : _windows.Digit(WordsOf(from + i), window);
        }
    }

    private Span<ulong> WordsOf(int index) =>
        new(_words.First + ((long)index * ScalarWindows.Words), ScalarWindows.Words);
}
