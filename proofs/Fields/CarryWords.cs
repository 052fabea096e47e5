using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Federation.Proofs.Fields;

/// <summary>One word of a sum, difference or product of numbers of several 64-bit words, lowest word first.</summary>
internal static class CarryWords
{
    /// <summary>Low word of a·b + addend + carry; the high word goes to <paramref name="carry"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong MultiplyAdd(ulong a, ulong b, ulong addend, ref ulong carry)
    {
        // Both halves from one instruction would pass the low one through memory, which costs more than a second
        // product.
        ulong low = a * b;
        ulong high = Bmi2.X64.IsSupported ? Bmi2.X64.MultiplyNoFlags(a, b) : Math.BigMul(a, b, out _);
        low += addend;
        high += low < addend ? 1UL : 0UL;
        low += carry;
        high += low < carry ? 1UL : 0UL;
        carry = high;
        return low;
    }

    /// <summary>Low word of a + b + carry; the carry, 0 or 1, goes to <paramref name="carry"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong AddWithCarry(ulong a, ulong b, ref ulong carry)
    {
        ulong sum = a + b;
        ulong overflow = sum < a ? 1UL : 0UL;
        sum += carry;
        carry = overflow | (sum < carry ? 1UL : 0UL);
        return sum;
    }

    /// <summary>Low word of a - b - borrow; the borrow, 0 or 1, goes to <paramref name="borrow"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong SubtractWithBorrow(ulong a, ulong b, ref ulong borrow)
    {
        ulong difference = a - b;
        ulong underflow = a < b ? 1UL : 0UL;
        ulong result = difference - borrow;
        borrow = underflow | (difference < borrow ? 1UL : 0UL);
        return result;
    }
}
