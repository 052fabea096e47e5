using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Federation.Proofs.ChaCha;

/// <summary>4 lanes: SSE, NEON.</summary>
internal readonly struct LaneWords4(Vector128<uint> words) : ILaneWords<LaneWords4>
{
    private readonly Vector128<uint> _words = words;

    /// <inheritdoc/>
    public static bool IsSupported => Vector128.IsHardwareAccelerated;

    /// <inheritdoc/>
    public static int Lanes => 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneWords4 Broadcast(uint word) => new(Vector128.Create(word));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneWords4 Sequence(uint first) => new(Vector128.Create(first) + Vector128<uint>.Indices);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneWords4 operator +(LaneWords4 left, LaneWords4 right) => new(left._words + right._words);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneWords4 operator ^(LaneWords4 left, LaneWords4 right) => new(left._words ^ right._words);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneWords4 RotateLeft(LaneWords4 value, int count) =>
        new((value._words << count) | (value._words >>> (32 - count)));
}
