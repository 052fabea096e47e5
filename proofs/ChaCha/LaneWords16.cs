using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Federation.Proofs.ChaCha;

/// <summary>16 lanes: AVX-512.</summary>
internal readonly struct LaneWords16(Vector512<uint> words) : ILaneWords<LaneWords16>
{
    private readonly Vector512<uint> _words = words;

    /// <inheritdoc/>
    public static bool IsSupported => Vector512.IsHardwareAccelerated;

    /// <inheritdoc/>
    public static int Lanes => 16;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneWords16 Broadcast(uint word) => new(Vector512.Create(word));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneWords16 Sequence(uint first) => new(Vector512.Create(first) + Vector512<uint>.Indices);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneWords16 operator +(LaneWords16 left, LaneWords16 right) => new(left._words + right._words);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneWords16 operator ^(LaneWords16 left, LaneWords16 right) => new(left._words ^ right._words);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneWords16 RotateLeft(LaneWords16 value, int count) =>
        new((value._words << count) | (value._words >>> (32 - count)));
}
