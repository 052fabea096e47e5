using System.Numerics;
using System.Runtime.CompilerServices;

namespace Federation.Proofs.ChaCha;

/// <summary>One lane: a plain word, on every processor.</summary>
internal readonly struct LaneWords1(uint word) : ILaneWords<LaneWords1>
{
    private readonly uint _word = word;

    /// <inheritdoc/>
    public static bool IsSupported => true;

    /// <inheritdoc/>
    public static int Lanes => 1;

    /// <inheritdoc/>
    public static LaneWords1 Broadcast(uint word) => new(word);

    /// <inheritdoc/>
    public static LaneWords1 Sequence(uint first) => new(first);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneWords1 operator +(LaneWords1 left, LaneWords1 right) => new(left._word + right._word);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneWords1 operator ^(LaneWords1 left, LaneWords1 right) => new(left._word ^ right._word);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneWords1 RotateLeft(LaneWords1 value, int count) =>
        new(BitOperations.RotateLeft(value._word, count));
}
