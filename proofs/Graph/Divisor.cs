using System.Runtime.CompilerServices;

namespace Federation.Proofs.Graph;

/// <summary>
/// A divisor of 64-bit numbers whose remainders cost two multiplications: the quotient by its reciprocal is right or
/// one too small.
/// </summary>
internal readonly struct Divisor
{
    private readonly ulong _divisor, _reciprocal;

    /// <param name="divisor">1 to 2^62.</param>
    public Divisor(ulong divisor)
    {
        ArgumentOutOfRangeException.ThrowIfZero(divisor);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(divisor, 1UL << 62);
        _divisor = divisor;

        // floor(2^64 / divisor), for 1 as near as it gets; r × this / 2^64 is above r / divisor - 1.
        _reciprocal = divisor == 1 ? ulong.MaxValue : (ulong)((UInt128.One << 64) / divisor);
    }

    /// <summary>What is left of a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Remainder(ulong number)
    {
        // Below 0 or not is a coin's toss for some divisors, so no branch: the sign is spread over a mask.
        var remainder = number - (Math.BigMul(number, _reciprocal, out _) * _divisor) - _divisor;
        return remainder + (_divisor & (ulong)((long)remainder >> 63));
    }
}
