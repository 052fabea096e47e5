using System.Numerics;
using System.Runtime.CompilerServices;

namespace Federation.Proofs.Labels;

/// <summary>One message: the plain form that the others are compared with, and what runs where nothing else does.</summary>
internal readonly struct LaneOps1 : ILaneOps<uint>
{
    /// <inheritdoc/>
    public static int Lanes => 1;

    /// <inheritdoc/>
    public static uint Broadcast(uint word) => word;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Add(uint a, uint b) => a + b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint And(uint a, uint b) => a & b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Choose(uint e, uint f, uint g) => g ^ (e & (f ^ g));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Majority(uint a, uint b, uint c) => (a & b) | (c & (a | b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint BigSigma0(uint word) =>
        BitOperations.RotateRight(word, 2) ^ BitOperations.RotateRight(word, 13) ^ BitOperations.RotateRight(word, 22);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint BigSigma1(uint word) =>
        BitOperations.RotateRight(word, 6) ^ BitOperations.RotateRight(word, 11) ^ BitOperations.RotateRight(word, 25);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint SmallSigma0(uint word) =>
        BitOperations.RotateRight(word, 7) ^ BitOperations.RotateRight(word, 18) ^ (word >> 3);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint SmallSigma1(uint word) =>
        BitOperations.RotateRight(word, 17) ^ BitOperations.RotateRight(word, 19) ^ (word >> 10);
}
