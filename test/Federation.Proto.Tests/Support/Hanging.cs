using Federation.Proto.Transport;

namespace Federation.Proto.Tests.Support;

/// <summary>Handlers that never answer.</summary>
internal static class Hanging
{
    /// <summary>Waits until the call's token is cancelled, then tells the time-out that the server was given.</summary>
    public static async Task<T> UntilEndAsync<T>(
        ServerCallContext context, TaskCompletionSource<TimeSpan?> seen, TaskCompletionSource? begun = null)
    {
        try
        {
            begun?.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.CancellationToken);
            throw new InvalidOperationException("An endless wait ended.");
        }
        finally
        {
            seen.TrySetResult(context.Timeout);
        }
    }
}
