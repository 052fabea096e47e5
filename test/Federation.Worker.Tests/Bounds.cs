namespace Federation.Worker.Tests;

/// <summary>Every await of a test has an end.</summary>
internal static class Bounds
{
    /// <summary>Far more than anything takes here, also on a machine that is busy with other things.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
}
