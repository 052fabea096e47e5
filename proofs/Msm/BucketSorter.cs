using System.Runtime.Intrinsics.X86;
using Federation.Proofs.Curve;

namespace Federation.Proofs.Msm;

/// <summary>
/// Adds points to the buckets that their digits name, pair by pair: first pairs of points of the same bucket, then of
/// such sums, until each bucket has one. So all additions of a step are independent, whatever the digits are. Holds
/// the memory of one thread.
/// </summary>
internal sealed unsafe class BucketSorter<TField, TAdder> : IDisposable
    where TField : unmanaged, ICurveField<TField>
    where TAdder : class, IBatchAdder<TField>, new()
{
    private const int PrefetchDistance = 24, CacheLine = 64;

    private readonly TAdder _adder = new();
    private readonly int[] _starts, _members, _buckets, _counts;
    private readonly NativeArray<AffinePoint<TField>> _even, _odd;

    /// <summary>Memory for so many points at a time and so many buckets.</summary>
    public BucketSorter(int points, int buckets)
    {
        int touched = Math.Min(points, buckets);
        _starts = new int[buckets + 1];
        _members = new int[points];
        _buckets = new int[touched];
        _counts = new int[touched];

        // A bucket of k points and its own has (k + 1) / 2 sums at most, rounded up.
        long sums = (points / 2) + touched + 1;
        _even = new NativeArray<AffinePoint<TField>>(sums);
        _odd = new NativeArray<AffinePoint<TField>>((sums / 2) + touched + 1);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _adder.Dispose();
        _even.Dispose();
        _odd.Dispose();
    }

    /// <summary>Adds points with their signs; digits of zero name no bucket, d and -d the bucket |d| - 1.</summary>
    public void Add(AffinePoint<TField>* points, ReadOnlySpan<short> digits, AffinePoint<TField>* buckets)
    {
        Sort(digits);
        int touched = AddMembers(points, digits, buckets, _even.First);
        AffinePoint<TField>* from = _even.First, to = _odd.First;
        while (touched > 0)
        {
            touched = AddSums(touched, from, to, buckets);
            AffinePoint<TField>* done = from;
            from = to;
            to = done;
        }
    }

    // Points in order of their buckets; bucket b has those from _starts[b] on.
    private void Sort(ReadOnlySpan<short> digits)
    {
        int[] starts = _starts;
        Array.Clear(starts);
        foreach (int digit in digits)
        {
            // Of the least digit there is no magnitude in 16 bits.
            starts[Math.Abs(digit)]++;
        }

        // Digit zero is counted at 0, where nothing starts.
        starts[0] = 0;
        int end = 0;
        for (int b = 1; b < starts.Length; b++)
        {
            end += starts[b];
            starts[b] = end;
        }

        for (int i = digits.Length - 1; i >= 0; i--)
        {
            int digit = Math.Abs((int)digits[i]);
            if (digit != 0)
            {
                _members[--starts[digit]] = i;
            }
        }

        // Now starts[d] is where digit d begins, which is bucket d - 1.
        Array.Copy(starts, 1, starts, 0, starts.Length - 1);
        starts[^1] = end;
    }

    private int AddMembers(
        AffinePoint<TField>* points, ReadOnlySpan<short> digits, AffinePoint<TField>* buckets,
        AffinePoint<TField>* sums)
    {
        int touched = 0, sorted = _starts[^1];
        for (int bucket = 0; bucket < _starts.Length - 1; bucket++)
        {
            int next = _starts[bucket], end = _starts[bucket + 1];
            if (next == end)
            {
                continue;
            }

            for (int ahead = next + PrefetchDistance; ahead < Math.Min(end + PrefetchDistance, sorted); ahead++)
            {
                Prefetch(points + _members[ahead]);
            }

            AffinePoint<TField>* own = buckets + bucket;
            AffinePoint<TField> first = own->IsInfinity ? Signed(points, digits, _members[next++]) : *own;
            int left = end - next;
            if (left <= 1)
            {
                _adder.Add(first, left == 0 ? default : Signed(points, digits, _members[next]), own);
                continue;
            }

            AffinePoint<TField>* begin = sums;
            _adder.Add(first, Signed(points, digits, _members[next++]), sums++);
            for (; next + 1 < end; next += 2)
            {
                _adder.Add(
                    Signed(points, digits, _members[next]), Signed(points, digits, _members[next + 1]), sums++);
            }

            if (next < end)
            {
                *sums++ = Signed(points, digits, _members[next]);
            }

            _buckets[touched] = bucket;
            _counts[touched++] = (int)(sums - begin);
        }

        _adder.Flush();
        return touched;
    }

    private int AddSums(int touched, AffinePoint<TField>* from, AffinePoint<TField>* to, AffinePoint<TField>* buckets)
    {
        int left = 0;
        for (int i = 0; i < touched; i++)
        {
            int count = _counts[i], bucket = _buckets[i];
            if (count == 2)
            {
                _adder.Add(from[0], from[1], buckets + bucket);
                from += 2;
                continue;
            }

            for (int pair = 0; pair < count / 2; pair++)
            {
                _adder.Add(from[2 * pair], from[(2 * pair) + 1], to++);
            }

            if (count % 2 != 0)
            {
                *to++ = from[count - 1];
            }

            from += count;
            _buckets[left] = bucket;
            _counts[left++] = (count + 1) / 2;
        }

        _adder.Flush();
        return left;
    }

    // Points lie in no order: told of beforehand, some come from memory at once.
    private static void Prefetch(AffinePoint<TField>* point)
    {
        if (Sse.IsSupported)
        {
            for (int i = 0; i < sizeof(AffinePoint<TField>); i += CacheLine)
            {
                Sse.Prefetch0((byte*)point + i);
            }
        }
    }

    private static AffinePoint<TField> Signed(AffinePoint<TField>* points, ReadOnlySpan<short> digits, int index) =>
        digits[index] < 0 ? points[index].Negate() : points[index];
}
