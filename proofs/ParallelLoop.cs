using System.Runtime.ExceptionServices;

namespace Federation.Proofs;

/// <summary>A parallel loop whose failure is the body's own exception.</summary>
internal static class ParallelLoop
{
    /// <summary>Runs the body for 0 to count - 1 and returns when all have ended.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void Run(int count, int threads, Action<int> body, CancellationToken cancellationToken)
    {
        try
        {
            var options = new ParallelOptions
            {
                MaxDegreeOfParallelism = threads,
                CancellationToken = cancellationToken,
            };
            Parallel.For(0, count, options, body);
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }
}
