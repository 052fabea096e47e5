using System.Buffers;
using System.Runtime.ExceptionServices;

namespace Federation.Proofs.Trees;

/// <summary>Work of one chunk, on a buffer that it shares with no other thread.</summary>
internal delegate void ChunkAction(long chunk, byte[] buffer);

/// <summary>Runs independent chunks of a phase on several threads, each with a buffer of its own.</summary>
internal static class ChunkedWork
{
    /// <summary>
    /// Calls <paramref name="action"/> for every chunk in any order. The first failure ends the others and is thrown as
    /// it was.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void Run(
        long chunks, int bufferBytes, SealOptions options, ChunkAction action, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = (int)Math.Clamp(options.MemoryBytes / 2 / bufferBytes, 1, options.Threads),
            CancellationToken = cancellationToken,
        };
        try
        {
            Parallel.For(
                0,
                chunks,
                parallel,
                () => ArrayPool<byte>.Shared.Rent(bufferBytes),
                (chunk, _, buffer) =>
                {
                    action(chunk, buffer);
                    return buffer;
                },
                buffer => ArrayPool<byte>.Shared.Return(buffer));
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }
}
