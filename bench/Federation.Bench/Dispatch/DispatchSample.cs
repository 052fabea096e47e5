using System.Diagnostics;

namespace Federation.Bench.Dispatch;

/// <summary>One job's way, in ticks of one clock.</summary>
/// <param name="Sent">The registration was about to be sent.</param>
/// <param name="Answered">The store's answer to it had arrived.</param>
/// <param name="Started">Its phase ran.</param>
internal sealed record DispatchSample(long Sent, long Answered, long Started)
{
    /// <summary>Milliseconds from the answer until the phase runs.</summary>
    public double FromAnswerMs => Stopwatch.GetElapsedTime(Answered, Started).TotalMilliseconds;

    /// <summary>Milliseconds from the request until the phase runs.</summary>
    public double FromRequestMs => Stopwatch.GetElapsedTime(Sent, Started).TotalMilliseconds;
}
