namespace Federation.Discovery.Tests.Support;

/// <summary>For what happens by itself soon: asks again until it has, within a bound.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        using var limit = new CancellationTokenSource(Wait.Limit);
        while (!await condition())
        {
            Assert.True(await timer.WaitForNextTickAsync(limit.Token));
        }
    }
}
