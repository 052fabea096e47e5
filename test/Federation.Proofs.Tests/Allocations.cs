namespace Federation.Proofs.Tests;

/// <summary>Asserts that a hot loop allocates nothing.</summary>
internal static class Allocations
{
    private const int Rounds = 5;

    /// <summary>
    /// A collection on another thread can charge this one with the rest of its allocation buffer, so the least of a few
    /// rounds counts: what a loop itself allocates shows in every round.
    /// </summary>
    public static void AssertNone(Action loop)
    {
        loop();
        var least = long.MaxValue;
        for (var round = 0; round < Rounds && least > 0; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            loop();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }
}
