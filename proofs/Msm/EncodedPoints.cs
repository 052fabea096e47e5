using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Federation.Proofs.Curve;

namespace Federation.Proofs.Msm;

/// <summary>
/// Uncompressed encodings one after another in memory that stays mapped meanwhile, as parameter files have them. Their
/// form is checked when they are read; that they are points of the group is for the file's digest to tell.
/// </summary>
internal readonly unsafe struct EncodedPoints<TGroup, TField>(byte* first, long count) : IPointSource<TField>
    where TGroup : struct, ICurveGroup<TField>
    where TField : unmanaged, ICurveField<TField>
{
    private const int Words = Fp.SizeBytes / sizeof(ulong);

    // What has less in its highest word is below p, and has no flag set. What has as much may be, too.
    private const ulong HighestWord = 0x1a0111ea397fe69a;

    private readonly byte* _first = first;

    /// <inheritdoc/>
    public static bool IsPlain => true;

    /// <inheritdoc/>
    public long Count { get; } = count;

    /// <inheritdoc/>
    public AffinePoint<TField> Read(long index)
    {
        int bytes = TField.EncodedBytes;
        byte* encoding = _first + (index * 2 * bytes);
        Unsafe.SkipInit(out AffinePoint<TField> point);
        bool plain = TryCopy(encoding, bytes, (ulong*)&point)
            & TryCopy(encoding + bytes, bytes, (ulong*)((byte*)&point + sizeof(TField)));
        return plain && !point.IsInfinity ? point : Check(new ReadOnlySpan<byte>(encoding, 2 * bytes), point);
    }

    /// <summary>
    /// A coordinate in words, the least first, which for the quadratic extension puts the components in their order in
    /// memory. False unless all components are seen to be below p.
    /// </summary>
    private static bool TryCopy(byte* encoding, int bytes, ulong* words)
    {
        bool below = true;
        for (int i = 0; i < bytes / sizeof(ulong); i += Words)
        {
            for (int word = i; word < i + Words; word++)
            {
                words[word] = BinaryPrimitives.ReverseEndianness(
                    Unsafe.ReadUnaligned<ulong>(encoding + bytes - ((word + 1) * sizeof(ulong))));
            }

            below &= words[i + Words - 1] < HighestWord;
        }

        return below;
    }

    // The seldom ones: infinity, coordinates that begin as p does, and what is no encoding of a point.
    private static AffinePoint<TField> Check(ReadOnlySpan<byte> encoding, in AffinePoint<TField> copied)
    {
        PointFault fault = PointCodec<TGroup, TField>.ReadUncompressed(
            encoding, PointChecks.Form, out TField x, out TField y);
        return fault != PointFault.None ? throw new InvalidPointException(TGroup.Name, fault)
            : x.IsZero && y.IsZero ? default
            : copied;
    }
}
