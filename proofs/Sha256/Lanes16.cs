using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Federation.Proofs.Sha256;

/// <summary>Sixteen messages in lockstep: AVX-512.</summary>
internal readonly unsafe struct Lanes16 : ILanes<Vector512<uint>>
{
    private const int BlocksPerHalf = 2;

    /// <inheritdoc/>
    public static int Count => Vector512<uint>.Count;

    /// <inheritdoc/>
    public static bool IsSupported => Vector512.IsHardwareAccelerated;

    /// <inheritdoc/>
    public static bool FitsTwoStates => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Broadcast(uint word) => Vector512.Create(word);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Add(Vector512<uint> a, Vector512<uint> b) => a + b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Subtract(Vector512<uint> a, Vector512<uint> b) => a - b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> RotateRight(Vector512<uint> a, [ConstantExpected] byte count) =>
        Avx512F.IsSupported ? Avx512F.RotateRight(a, count) : (a >>> count) | (a << (32 - count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> ShiftRight(Vector512<uint> a, [ConstantExpected] byte count) => a >>> count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> And(Vector512<uint> a, Vector512<uint> b) => a & b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Xor(Vector512<uint> a, Vector512<uint> b, Vector512<uint> c) =>
        Avx512F.IsSupported ? Avx512F.TernaryLogic(a, b, c, 0x96) : a ^ b ^ c;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Choose(Vector512<uint> selector, Vector512<uint> b, Vector512<uint> c) =>
        Avx512F.IsSupported ? Avx512F.TernaryLogic(selector, b, c, 0xca) : ((b ^ c) & selector) ^ c;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Majority(Vector512<uint> a, Vector512<uint> b, Vector512<uint> c) =>
        Avx512F.IsSupported ? Avx512F.TernaryLogic(a, b, c, 0xe8) : ((a ^ b) & (b ^ c)) ^ b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> UnpackLow(Vector512<uint> a, Vector512<uint> b) =>
        Avx512F.IsSupported
            ? Avx512F.UnpackLow(a, b)
            : Vector512.Create(
                Lanes8.UnpackLow(a.GetLower(), b.GetLower()), Lanes8.UnpackLow(a.GetUpper(), b.GetUpper()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> UnpackHigh(Vector512<uint> a, Vector512<uint> b) =>
        Avx512F.IsSupported
            ? Avx512F.UnpackHigh(a, b)
            : Vector512.Create(
                Lanes8.UnpackHigh(a.GetLower(), b.GetLower()), Lanes8.UnpackHigh(a.GetUpper(), b.GetUpper()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> UnpackLowHalf(Vector512<uint> a, Vector512<uint> b) =>
        Avx512F.IsSupported
            ? Avx512F.UnpackLow(a.AsUInt64(), b.AsUInt64()).AsUInt32()
            : Vector512.Create(
                Lanes8.UnpackLowHalf(a.GetLower(), b.GetLower()), Lanes8.UnpackLowHalf(a.GetUpper(), b.GetUpper()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> UnpackHighHalf(Vector512<uint> a, Vector512<uint> b) =>
        Avx512F.IsSupported
            ? Avx512F.UnpackHigh(a.AsUInt64(), b.AsUInt64()).AsUInt32()
            : Vector512.Create(
                Lanes8.UnpackHighHalf(a.GetLower(), b.GetLower()), Lanes8.UnpackHighHalf(a.GetUpper(), b.GetUpper()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> ReverseBytes(Vector512<uint> a) =>
        Avx512BW.IsSupported
            ? Avx512BW.Shuffle(a.AsByte(), Vector512.Create(Lanes8.ByteOrder, Lanes8.ByteOrder)).AsUInt32()
            : Vector512.Create(Lanes8.ReverseBytes(a.GetLower()), Lanes8.ReverseBytes(a.GetUpper()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> LoadBlocks(byte* source, nint stride) => Vector512.Create(
        Lanes8.LoadBlocks(source, stride), Lanes8.LoadBlocks(source + (BlocksPerHalf * stride), stride));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBlocks(Vector512<uint> a, byte* target, nint stride)
    {
        Lanes8.StoreBlocks(a.GetLower(), target, stride);
        Lanes8.StoreBlocks(a.GetUpper(), target + (BlocksPerHalf * stride), stride);
    }
}
