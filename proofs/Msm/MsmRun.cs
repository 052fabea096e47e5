using Federation.Proofs.Curve;

namespace Federation.Proofs.Msm;

/// <summary>
/// One multi-scalar multiplication by buckets (Pippenger: On the evaluation of powers and related problems, 1976):
/// points are added to the buckets that the signed digits of their scalars name, for each window of digits apart; the
/// buckets' weighted sum is the window's, and doublings join the windows. Points are read chunk by chunk; threads
/// share out the windows of a chunk, and parts of it where they are more than windows.
/// </summary>
internal sealed unsafe class MsmRun<TField, TSource, TAdder> : IDisposable
    where TField : unmanaged, ICurveField<TField>
    where TSource : struct, IPointSource<TField>
    where TAdder : class, IBatchAdder<TField>, new()
{
    private const int OneParts = 16, LoadPoints = 2048;

    private readonly int _threads, _parts, _partPoints;
    private readonly CancellationToken _cancellationToken;
    private readonly ScalarWindows _windows;
    private readonly MsmChunk<TField, TSource, TAdder> _chunk;
    private readonly NativeArray<AffinePoint<TField>> _buckets, _oneSums;
    private readonly BucketSorter<TField, TAdder>[] _sorters;
    private readonly short[][] _oneDigits;

    private MsmRun(in MsmInput input, TSource source, int threads, int partPoints, CancellationToken cancellationToken)
    {
        (long bases, long full) = input.Measure();
        if (bases > source.Count)
        {
            throw new ArgumentException($"{bases} scalars have bases, of which there are {source.Count}.");
        }

        _threads = threads;
        _cancellationToken = cancellationToken;
        _windows = ScalarWindows.For(full);
        _parts = (threads + _windows.Count - 1) / _windows.Count;
        _partPoints = (int)Math.Clamp((full + _parts - 1) / _parts, 1, partPoints);
        int ones = (int)Math.Clamp(bases - full, 1, (long)_parts * partPoints);
        _chunk = new MsmChunk<TField, TSource, TAdder>(input, source, _windows, _parts * _partPoints, ones);
        _buckets = new NativeArray<AffinePoint<TField>>((long)_parts * _windows.Count * _windows.Half);
        _oneSums = new NativeArray<AffinePoint<TField>>(OneParts);
        int mostOnes = (ones / OneParts) + 1, most = Math.Max(_partPoints, mostOnes);
        _sorters = [.. Enumerable.Range(0, threads)
            .Select(_ => new BucketSorter<TField, TAdder>(most, _windows.Half))];
        _oneDigits = [.. Enumerable.Range(0, threads).Select(_ => new short[mostOnes])];
    }

    /// <summary>The sum of the bases times their scalars.</summary>
    public static JacobianPoint<TField> Sum(
        in MsmInput input, TSource source, int threads, int partPoints, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        using var run = new MsmRun<TField, TSource, TAdder>(input, source, threads, partPoints, cancellationToken);
        while (run._chunk.Next())
        {
            run.Load();
            run.AddToBuckets();
        }

        return run.Result();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _chunk.Dispose();
        _buckets.Dispose();
        _oneSums.Dispose();
        foreach (BucketSorter<TField, TAdder> sorter in _sorters)
        {
            sorter.Dispose();
        }
    }

    private void Load()
    {
        int full = (_chunk.Count + LoadPoints - 1) / LoadPoints, ones = (_chunk.Ones + LoadPoints - 1) / LoadPoints;
        ForEach(full + ones, (item, _) =>
        {
            if (item < full)
            {
                _chunk.Load(item * LoadPoints, Math.Min(_chunk.Count, (item + 1) * LoadPoints));
            }
            else
            {
                int from = (item - full) * LoadPoints;
                _chunk.LoadOnes(from, Math.Min(_chunk.Ones, from + LoadPoints));
            }
        });
    }

    private void AddToBuckets()
    {
        int parts = (_chunk.Count + _partPoints - 1) / _partPoints;
        int ones = _chunk.Ones == 0 ? 0 : OneParts;
        ForEach((parts * _windows.Count) + ones, (item, worker) =>
        {
            if (item < ones)
            {
                AddOnes(item, worker);
            }
            else
            {
                AddWindow((item - ones) / _windows.Count, (item - ones) % _windows.Count, worker);
            }
        });
    }

    private void AddWindow(int part, int window, int worker)
    {
        int from = part * _partPoints, count = Math.Min(_chunk.Count - from, _partPoints);
        _sorters[worker].Add(
            _chunk.Points + from, _chunk.Digits(window, from, count), BucketsOf(part, window));
    }

    // The same with a digit of one for every point, and a single bucket.
    private void AddOnes(int part, int worker)
    {
        int from = (int)((long)_chunk.Ones * part / OneParts), to = (int)((long)_chunk.Ones * (part + 1) / OneParts);
        Span<short> digits = _oneDigits[worker].AsSpan(0, to - from);
        for (int i = 0; i < digits.Length; i++)
        {
            digits[i] = _chunk.OnePoints[from + i].IsInfinity ? (short)0 : (short)1;
        }

        _sorters[worker].Add(_chunk.OnePoints + from, digits, _oneSums.First + part);
    }

    private JacobianPoint<TField> Result()
    {
        var sums = new JacobianPoint<TField>[_parts * _windows.Count];
        ForEach(sums.Length, (item, _) =>
            sums[item] = BucketWeights<TField, TAdder>.Sum(
                BucketsOf(item / _windows.Count, item % _windows.Count), _windows.Half));
        JacobianPoint<TField> result = default;
        for (int window = _windows.Count - 1; window >= 0; window--)
        {
            for (int bit = 0; bit < _windows.Bits; bit++)
            {
                result = result.Twice();
            }

            for (int part = 0; part < _parts; part++)
            {
                result = result.Add(sums[(part * _windows.Count) + window]);
            }
        }

        for (int part = 0; part < OneParts; part++)
        {
            AffinePoint<TField> sum = TAdder.Leave(_oneSums.First[part]);
            result = sum.IsInfinity ? result : result.AddMixed(sum.X, sum.Y);
        }

        return result;
    }

    private AffinePoint<TField>* BucketsOf(int part, int window) =>
        _buckets.First + ((((long)part * _windows.Count) + window) * _windows.Half);

    private void ForEach(int items, Action<int, int> body)
    {
        int next = -1;
        ParallelLoop.Run(
            Math.Min(items, _threads),
            _threads,
            worker =>
            {
                while (Interlocked.Increment(ref next) is var item && item < items)
                {
                    _cancellationToken.ThrowIfCancellationRequested();
                    body(item, worker);
                }
            },
            _cancellationToken);
    }
}
