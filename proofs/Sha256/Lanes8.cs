using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Federation.Proofs.Sha256;

/// <summary>Eight messages in lockstep: AVX2.</summary>
internal readonly unsafe struct Lanes8 : ILanes<Vector256<uint>>
{
    private const int BlocksPerHalf = 1;

    /// <summary>Shuffle of each block's bytes that turns each lane around.</summary>
    internal static Vector256<byte> ByteOrder => Vector256.Create(Lanes4.ByteOrder, Lanes4.ByteOrder);

    /// <inheritdoc/>
    public static int Count => Vector256<uint>.Count;

    /// <inheritdoc/>
    public static bool IsSupported => Vector256.IsHardwareAccelerated;

    /// <inheritdoc/>
    public static bool FitsTwoStates => Avx512F.VL.IsSupported;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Broadcast(uint word) => Vector256.Create(word);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Add(Vector256<uint> a, Vector256<uint> b) => a + b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Subtract(Vector256<uint> a, Vector256<uint> b) => a - b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> RotateRight(Vector256<uint> a, [ConstantExpected] byte count) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.RotateRight(a, count) : (a >>> count) | (a << (32 - count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> ShiftRight(Vector256<uint> a, [ConstantExpected] byte count) => a >>> count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> And(Vector256<uint> a, Vector256<uint> b) => a & b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Xor(Vector256<uint> a, Vector256<uint> b, Vector256<uint> c) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.TernaryLogic(a, b, c, 0x96) : a ^ b ^ c;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Choose(Vector256<uint> selector, Vector256<uint> b, Vector256<uint> c) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.TernaryLogic(selector, b, c, 0xca) : ((b ^ c) & selector) ^ c;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Majority(Vector256<uint> a, Vector256<uint> b, Vector256<uint> c) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.TernaryLogic(a, b, c, 0xe8) : ((a ^ b) & (b ^ c)) ^ b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> UnpackLow(Vector256<uint> a, Vector256<uint> b) =>
        Avx2.IsSupported
            ? Avx2.UnpackLow(a, b)
            : Vector256.Create(
                Lanes4.UnpackLow(a.GetLower(), b.GetLower()), Lanes4.UnpackLow(a.GetUpper(), b.GetUpper()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> UnpackHigh(Vector256<uint> a, Vector256<uint> b) =>
        Avx2.IsSupported
            ? Avx2.UnpackHigh(a, b)
            : Vector256.Create(
                Lanes4.UnpackHigh(a.GetLower(), b.GetLower()), Lanes4.UnpackHigh(a.GetUpper(), b.GetUpper()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> UnpackLowHalf(Vector256<uint> a, Vector256<uint> b) =>
        Avx2.IsSupported
            ? Avx2.UnpackLow(a.AsUInt64(), b.AsUInt64()).AsUInt32()
            : Vector256.Create(
                Lanes4.UnpackLowHalf(a.GetLower(), b.GetLower()), Lanes4.UnpackLowHalf(a.GetUpper(), b.GetUpper()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> UnpackHighHalf(Vector256<uint> a, Vector256<uint> b) =>
        Avx2.IsSupported
            ? Avx2.UnpackHigh(a.AsUInt64(), b.AsUInt64()).AsUInt32()
            : Vector256.Create(
                Lanes4.UnpackHighHalf(a.GetLower(), b.GetLower()), Lanes4.UnpackHighHalf(a.GetUpper(), b.GetUpper()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> ReverseBytes(Vector256<uint> a) =>
        Avx2.IsSupported
            ? Avx2.Shuffle(a.AsByte(), ByteOrder).AsUInt32()
            : Vector256.Create(Lanes4.ReverseBytes(a.GetLower()), Lanes4.ReverseBytes(a.GetUpper()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> LoadBlocks(byte* source, nint stride) => Vector256.Create(
        Lanes4.LoadBlocks(source, stride), Lanes4.LoadBlocks(source + (BlocksPerHalf * stride), stride));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBlocks(Vector256<uint> a, byte* target, nint stride)
    {
        Lanes4.StoreBlocks(a.GetLower(), target, stride);
        Lanes4.StoreBlocks(a.GetUpper(), target + (BlocksPerHalf * stride), stride);
    }
}
