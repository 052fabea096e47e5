using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Federation.Proofs.Blake2b;

namespace Federation.Proofs.Graph;

/// <summary>
/// The keyed permutation of 0..domain-1 behind the expander: three Feistel rounds over an even number of bits, walked
/// until the value is in the domain again. A round has at most 2^17 inputs, so that its BLAKE2b can be a table (1.5
/// MiB at 32 GiB). Thread-safe.
/// </summary>
internal sealed class FeistelPermutation
{
    /// <summary>Most values that <see cref="PermuteMany"/> takes at once.</summary>
    public const int MaxBatch = 2048;

    private const int RoundCount = 3;

    private readonly ulong _domain;
    private readonly int _halfBits;
    private readonly uint _mask;
    private readonly ulong[] _keys;
    private readonly uint[]? _table;

    /// <param name="keys">At least three keys.</param>
    /// <param name="domain">Number of values, 2 to 2^34.</param>
    /// <param name="tabulate">Compute every round's values now: worth it from some 10^5 calls on.</param>
    public FeistelPermutation(ReadOnlySpan<ulong> keys, ulong domain, bool tabulate)
    {
        _domain = domain;
        _keys = keys[..RoundCount].ToArray();
        _halfBits = 1;
        while (1UL << (2 * _halfBits) < domain)
        {
            _halfBits++;
        }

        _mask = (1u << _halfBits) - 1;
        _table = tabulate ? Tabulate() : null;
    }

    /// <summary>The image of a value below the domain.</summary>
    public ulong Permute(ulong value)
    {
        do
        {
            var left = (uint)(value >> _halfBits);
            var right = (uint)value & _mask;
            for (var round = 0; round < RoundCount; round++)
            {
                (left, right) = (right, left ^ Round(right, round));
            }

            value = ((ulong)left << _halfBits) | right;
        }
        while (value >= _domain);

        return value;
    }

    /// <summary>True when all rounds are tabulated.</summary>
    public bool IsTabulated => _table is not null;

    /// <summary>
    /// The images of consecutive values. Half of the walks take a second step, a quarter a third, and so on: instead of
    /// a branch that no processor foresees, those that are not yet in the domain go on together as a shorter batch.
    /// </summary>
    /// <param name="first">First value.</param>
    /// <param name="images">As many images as are wanted, at most <see cref="MaxBatch"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are too many, or one is not in the domain.</exception>
    /// <exception cref="InvalidOperationException">The rounds are not tabulated.</exception>
    [SkipLocalsInit]
    public void PermuteMany(ulong first, Span<ulong> images)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            (ulong)images.Length, Math.Min(MaxBatch, _domain), nameof(images));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, _domain - (ulong)images.Length);
        ref var table = ref MemoryMarshal.GetArrayDataReference(
            _table ?? throw new InvalidOperationException("batches need the permutation's tables"));
        var (domain, halfBits, mask) = (_domain, _halfBits, _mask);

        // No index below reaches the count of images, which the stack has places for.
        Span<ushort> walkers = stackalloc ushort[MaxBatch];
        ref var places = ref MemoryMarshal.GetReference(walkers);
        ref var values = ref MemoryMarshal.GetReference(images);
        var walking = 0;
        for (var i = 0; i < images.Length; i++)
        {
            var image = Step(ref table, first + (ulong)i, halfBits, mask);
            Unsafe.Add(ref values, i) = image;
            Unsafe.Add(ref places, walking) = (ushort)i;
            walking += image >= domain ? 1 : 0;
        }

        while (walking > 0)
        {
            var left = 0;
            for (var i = 0; i < walking; i++)
            {
                var place = Unsafe.Add(ref places, i);
                var image = Step(ref table, Unsafe.Add(ref values, (nuint)place), halfBits, mask);
                Unsafe.Add(ref values, (nuint)place) = image;
                Unsafe.Add(ref places, left) = place;
                left += image >= domain ? 1 : 0;
            }

            walking = left;
        }
    }

    /// <summary>Three rounds; both halves stay within their bits, so that every index is in its round's
    /// table.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Step(ref uint table, ulong value, int halfBits, uint mask)
    {
        var left = (uint)(value >> halfBits) & mask;
        var right = (uint)value & mask;
        left ^= Unsafe.Add(ref table, (nuint)right);
        table = ref Unsafe.Add(ref table, (nuint)mask + 1);
        right ^= Unsafe.Add(ref table, (nuint)left);
        table = ref Unsafe.Add(ref table, (nuint)mask + 1);
        left ^= Unsafe.Add(ref table, (nuint)right);
        return ((ulong)right << halfBits) | left;
    }

    private uint Round(uint right, int round) =>
        _table is { } table ? table[(round << _halfBits) | (int)right] : ComputeRound(right, _keys[round]);

    private uint[] Tabulate()
    {
        var table = new uint[RoundCount << _halfBits];
        for (var i = 0; i < table.Length; i++)
        {
            table[i] = ComputeRound((uint)i & _mask, _keys[i >> _halfBits]);
        }

        return table;
    }

    private uint ComputeRound(uint right, ulong key)
    {
        Span<byte> input = stackalloc byte[16];
        Span<byte> digest = stackalloc byte[Blake2bHash.MaxSize];
        BinaryPrimitives.WriteUInt64BigEndian(input, right);
        BinaryPrimitives.WriteUInt64BigEndian(input[8..], key);
        Blake2bHash.Hash(input, digest);
        return (uint)BinaryPrimitives.ReadUInt64BigEndian(digest) & _mask;
    }
}
