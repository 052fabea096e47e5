using Federation.Proofs;
using Federation.Proto.Gates;

namespace Federation.Worker.Tasks;

/// <summary>Runs one assigned phase to its end.</summary>
public interface IPhaseExecutor
{
    /// <summary>
    /// Runs the phase in its attempt's folder. The result's files are on disk, names and contents, when it returns.
    /// </summary>
    /// <exception cref="PhaseFailedException">The phase failed; says how and why in one sentence.</exception>
    /// <exception cref="OperationCanceledException">
    /// It was cancelled, less than a second ago. It writes no more, but for a call of the file system that cannot be
    /// interrupted.
    /// </exception>
    Task<TaskResult> RunAsync(Assign task, IProgress<PhaseProgress> progress, CancellationToken cancellationToken);

    /// <summary>Removes the folder of an attempt that was cancelled. Idempotent.</summary>
    Task DiscardAsync(Assign task);
}
