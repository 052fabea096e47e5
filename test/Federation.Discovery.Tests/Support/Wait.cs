namespace Federation.Discovery.Tests.Support;

/// <summary>Bounds every await of a test.</summary>
internal static class Wait
{
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static Task<T> BoundAsync<T>(this Task<T> task) => task.WaitAsync(Limit);

    public static Task BoundAsync(this Task task) => task.WaitAsync(Limit);

    public static async Task<T> NextAsync<T>(this IAsyncEnumerator<T> items)
    {
        Assert.True(await items.MoveNextAsync().AsTask().WaitAsync(Limit), "the stream ended");
        return items.Current;
    }
}
