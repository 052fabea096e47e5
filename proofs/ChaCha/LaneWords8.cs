using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Federation.Proofs.ChaCha;

/// <summary>8 lanes: AVX2.</summary>
internal readonly struct LaneWords8(Vector256<uint> words) : ILaneWords<LaneWords8>
{
    private readonly Vector256<uint> _words = words;

    /// <inheritdoc/>
    public static bool IsSupported => Vector256.IsHardwareAccelerated;

    /// <inheritdoc/>
    public static int Lanes => 8;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneWords8 Broadcast(uint word) => new(Vector256.Create(word));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneWords8 Sequence(uint first) => new(Vector256.Create(first) + Vector256<uint>.Indices);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneWords8 operator +(LaneWords8 left, LaneWords8 right) => new(left._words + right._words);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneWords8 operator ^(LaneWords8 left, LaneWords8 right) => new(left._words ^ right._words);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneWords8 RotateLeft(LaneWords8 value, int count) =>
        new((value._words << count) | (value._words >>> (32 - count)));
}
