using System.Numerics;
using Federation.Bench.Measuring;

namespace Federation.Bench.Tests;

public sealed class CoreClockTests
{
    [Theory]
    [InlineData(1ul, 0)]
    [InlineData(0x0123456789abcdeful, 1)]
    [InlineData(0xfedcba9876543211ul, 1000)]
    public void Chain_Factor_IsMultipliedSixteenTimesAStep(ulong start, int steps)
    {
        const ulong Factor = 0x9e3779b97f4a7c15;
        var modulus = BigInteger.One << 64;
        var expected = start * BigInteger.ModPow(Factor, 16 * steps, modulus) % modulus;

        Assert.Equal((ulong)expected, CoreClock.Chain(start, Factor, steps));
    }

    /// <summary>
    /// What disturbs the chain only slows it: a clock above that of any processor says that the chain was cut short.
    /// </summary>
    [Fact]
    public void Measure_AnyMachine_IsAClockThatExists() => Assert.InRange(CoreClock.Measure(), 1, 8e9);
}
