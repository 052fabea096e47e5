using System.Runtime.CompilerServices;

namespace Federation.Proofs.Graph;

/// <summary>
/// A divisor of 64-bit numbers whose remainders cost two multiplications: the quotient by its reciprocal is right or
/// one too small.
/// </summary>
internal readonly struct Divisor
{
    private readonly ulong _divisor, _reciprocal;

    /// <param name="divisor">At least 1.</param>
    public Divisor(ulong divisor)
    {
        _divisor = divisor;

        // floor(2^64 / divisor), for 1 as near as it gets; r × this / 2^64 is above r / divisor - 1.
        _reciprocal = divisor == 1 ? ulong.MaxValue : (ulong)((UInt128.One << 64) / divisor);
    }

    /// <summary>What is left of a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Remainder(ulong number)
    {
        var remainder = number - (Math.BigMul(number, _reciprocal, out _) * _divisor);
        return remainder >= _divisor ? remainder - _divisor : remainder;
    }
}
