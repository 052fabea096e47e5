using System.Diagnostics;

namespace Federation.Integration.Tests.Support;

/// <summary>Waits with an end.</summary>
public static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>Asks until the probe answers null; fails with its last answer and the context when the bound has
    /// passed.</summary>
    public static async Task HoldsAsync(Func<Task<string?>> probe, TimeSpan bound, Func<string>? context = null)
    {
        var clock = Stopwatch.StartNew();
        string? missing;
        while ((missing = await probe()) is not null)
        {
            if (clock.Elapsed > bound)
            {
                Assert.Fail($"after {bound}: {missing}\n{context?.Invoke()}");
            }

            await Task.Delay(Interval);
        }
    }
}
