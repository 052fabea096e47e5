using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Federation.Proofs.Pieces;

/// <content>
/// A node at a time with AVX2. The bytes that share bits are read twice, once from the byte behind, so that no bit has
/// to cross from one 64-bit limb to the next. Reads and writes reach a byte over the group's end, so that the last
/// group is left to the plain code.
/// </content>
public static partial class Fr32
{
    private static Vector256<ulong> NodeMask =>
        Vector256.Create(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, LastLimbMask);

    /// <summary>Pads all whole groups but the last one and returns their number; 0 without AVX2.</summary>
    internal static int PadVector(ReadOnlySpan<byte> data, Span<byte> padded)
    {
        int groups = Math.Max(0, (data.Length / UnpaddedGroupBytes) - 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(padded.Length, groups * PaddedGroupBytes);
        if (!Avx2.IsSupported)
        {
            return 0;
        }

        ref byte source = ref MemoryMarshal.GetReference(data);
        ref byte target = ref MemoryMarshal.GetReference(padded);
        for (int i = 0; i < groups; i++)
        {
            PadNode(ref source, 0, 0).StoreUnsafe(ref target);
            PadNode(ref source, 31, 6).StoreUnsafe(ref target, 32);
            PadNode(ref source, 63, 4).StoreUnsafe(ref target, 64);
            PadNode(ref source, 95, 2).StoreUnsafe(ref target, 96);
            source = ref Unsafe.Add(ref source, UnpaddedGroupBytes);
            target = ref Unsafe.Add(ref target, PaddedGroupBytes);
        }

        return groups;
    }

    /// <summary>Restores all groups but the last one and returns their number; 0 without AVX2.</summary>
    internal static int UnpadVector(ReadOnlySpan<byte> padded, Span<byte> data)
    {
        int groups = Math.Max(0, (padded.Length / PaddedGroupBytes) - 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(data.Length, groups * UnpaddedGroupBytes);
        if (!Avx2.IsSupported)
        {
            return 0;
        }

        ref byte source = ref MemoryMarshal.GetReference(padded);
        ref byte target = ref MemoryMarshal.GetReference(data);
        for (int i = 0; i < groups; i++)
        {
            UnpadNode(ref source, 0, 0).StoreUnsafe(ref target);
            UnpadNode(ref source, 32, 2).StoreUnsafe(ref target, 32);
            UnpadNode(ref source, 64, 4).StoreUnsafe(ref target, 64);
            UnpadNode(ref source, 96, 6).StoreUnsafe(ref target, 96);
            source = ref Unsafe.Add(ref source, PaddedGroupBytes);
            target = ref Unsafe.Add(ref target, UnpaddedGroupBytes);
        }

        return groups;
    }

    // 254 bits that begin at a bit of a byte.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> PadNode(ref byte group, nuint startByte, int startBit)
    {
        Vector256<ulong> here = Vector256.LoadUnsafe(ref group, startByte).AsUInt64();
        Vector256<ulong> next = Vector256.LoadUnsafe(ref group, startByte + 1).AsUInt64();
        return (((here >>> startBit) | (next << (8 - startBit))) & NodeMask).AsByte();
    }

    // The node without the bits that went into the 32 bytes before, and the first bits of the node behind it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> UnpadNode(ref byte group, nuint node, byte taken)
    {
        Vector256<ulong> here = Vector256.LoadUnsafe(ref group, node).AsUInt64() & NodeMask;
        Vector256<ulong> next = Vector256.LoadUnsafe(ref group, node + sizeof(ulong)).AsUInt64();
        ulong places = 64UL - taken;
        Vector256<ulong> counts = Vector256.Create(places, places, places, places - 2);
        return ((here >>> taken) | Avx2.ShiftLeftLogicalVariable(next, counts)).AsByte();
    }
}
