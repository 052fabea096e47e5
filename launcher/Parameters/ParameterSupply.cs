using System.Runtime.CompilerServices;
using Federation.Hosting;
using Federation.Hosting.Repository;
using Federation.Hosting.Units;
using Federation.Launcher.Processes;
using Federation.Launcher.View;
using Federation.Proofs.Groth16.Parameters;
using Federation.Storage.Space;

namespace Federation.Launcher.Parameters;

/// <summary>
/// Sees that the parameters are there before anything is sealed: takes those of the cache, or has the worker make test
/// parameters, once for all federations of this machine. Used once.
/// </summary>
/// <param name="need">What is needed.</param>
/// <param name="folder">Where it is looked for and kept.</param>
/// <param name="worker">The built worker, which has the generator.</param>
/// <param name="freeSpace">Asks the disk.</param>
/// <param name="view">Is told what goes on.</param>
/// <param name="time">Times it.</param>
internal sealed class ParameterSupply(
    ParameterNeed need, ParameterFolder folder, string worker, IFreeSpace freeSpace, IFederationView view,
    TimeProvider time)
{
    private const int LogLinesShown = 5;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>Refuses, before anything is made, what cannot come to a proof.</summary>
    /// <param name="environment">Reads a variable.</param>
    /// <exception cref="OperatorException">
    /// No parameters are there and none can be made, or none but Filecoin's are wanted.
    /// </exception>
    public void Require(Func<string, string?> environment)
    {
        var origin = folder.Look(need.Circuit);
        if (origin is null && !need.CanBeMade)
        {
            throw new OperatorException(
                $"Groth16 proofs of {need.Circuit.Shape.Name} sectors need parameters of about "
                    + $"{new ByteSize(need.Bytes)}, which are not made here",
                $"add --proofs vanilla, or name Filecoin's in {ParameterSettings.CacheVariable}");
        }

        if (origin != ParameterOrigin.Official
            && ParameterSettings.IsSet(environment(ParameterSettings.VerifyVariable)))
        {
            throw new OperatorException(
                $"{ParameterSettings.VerifyVariable} is set, and forbids test parameters",
                "unset it, or add --proofs vanilla");
        }
    }

    /// <summary>Returns once they are there.</summary>
    /// <param name="children">Runs the generator.</param>
    /// <param name="cancellationToken">Gives up; nothing half-made stays.</param>
    /// <exception cref="OperatorException">They cannot be made.</exception>
    public async Task<ParameterSummary> EnsureAsync(Children children, CancellationToken cancellationToken)
    {
        if (folder.Look(need.Circuit) is { } origin)
        {
            view.Say($"{Whose(origin)} of {need} are in {folder.Path}");
            return new ParameterSummary(folder, origin, SecondsToMake: null);
        }

        await using var held = await LockAsync(cancellationToken);
        var staging = new ParameterStaging(folder.Path, need.Circuit);
        staging.DeleteUnfinished();
        staging.Publish();
        if (folder.Look(need.Circuit) is { } made)
        {
            view.Say($"{Whose(made)} of {need} are in {folder.Path} now");
            return new ParameterSummary(folder, made, SecondsToMake: null);
        }

        var started = time.GetTimestamp();
        await MakeAsync(staging, children, cancellationToken);
        return new ParameterSummary(
            folder, ParameterOrigin.TestParameters, time.GetElapsedTime(started).TotalSeconds);
    }

    private static string Whose(ParameterOrigin origin) =>
        origin == ParameterOrigin.Official ? "Filecoin's parameters" : "test parameters";

    /// <summary>Waits for another launcher that makes some; the kernel lets go of the lock when it ends.</summary>
    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        for (var isSaid = false; ; isSaid = true)
        {
            if (TryLock() is { } held)
            {
                return held;
            }

            if (!isSaid)
            {
                view.Say("waiting for another 'fed up', which makes test parameters …");
            }

            await Task.Delay(PollInterval, time, cancellationToken);
        }
    }

    private FileStream? TryLock()
    {
        try
        {
            Directory.CreateDirectory(folder.Path);
            return FileLock.TryTake(folder.LockFile);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException(
                $"{folder.Path}, which is to keep test parameters, cannot be written ({error.Message})",
                $"name another folder in {ParameterSettings.CacheVariable}, or add --proofs vanilla", error);
        }
    }

    private async Task MakeAsync(ParameterStaging staging, Children children, CancellationToken cancellationToken)
    {
        folder.RefuseRemains(need.Circuit);
        RequireRoom();
        view.Say($"making test parameters of {need}, once for this machine, in {folder.Path}");
        var making = staging.Begin();
        try
        {
            await GenerateAsync(making, children, cancellationToken);
            staging.End(making);
        }
        finally
        {
            staging.DeleteUnfinished();
        }

        staging.Publish();
    }

    private void RequireRoom()
    {
        if (freeSpace.FreeBytes(folder.Path) is var free && free < need.Bytes)
        {
            throw new OperatorException(
                $"test parameters of {need} take up to {new ByteSize(need.Bytes)}, but {folder.Path} has only "
                    + $"{new ByteSize(free)} left",
                $"make room, name a folder on a larger disk in {ParameterSettings.CacheVariable}, or add --proofs "
                + "vanilla");
        }
    }

    private async Task GenerateAsync(string making, Children children, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "params", "generate", "--circuit", need.Circuit.KindName, "--sector-size", need.Circuit.Shape.Name,
            "--output-dir", making,
        ];
        var name = $"params-{need.Circuit.KindName}-{need.Circuit.Shape.Name}";
        var child = children.StartTask(
            new ChildSpec(name, worker, arguments, new Dictionary<string, string>()));
        try
        {
            await view.ProgressAsync(
                $"test parameters of {need}", WatchAsync(child, cancellationToken), cancellationToken);
            if (child.ExitCode != 0)
            {
                throw Explain(child);
            }
        }
        finally
        {
            await children.EndTaskAsync(child);
        }
    }

    private static OperatorException Explain(ChildProcess child)
    {
        var said = child.LastLines(LogLinesShown).Where(line => !GenerationProgress.IsProgress(line));
        return new OperatorException(
            $"making test parameters ended with code {child.ExitCode}:\n{string.Join('\n', said)}",
            $"the whole log is {child.LogPath}; --proofs vanilla does without");
    }

    private async IAsyncEnumerable<GenerationProgress> WatchAsync(
        ChildProcess child, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        for (var hasEnded = false; !hasEnded;)
        {
            await Task.WhenAny(child.Exited, Task.Delay(PollInterval, time, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
            hasEnded = child.Exited.IsCompleted;
            var last = child.LastLines(1) is [var line] ? line : null;
            yield return GenerationProgress.Read(last, time.GetElapsedTime(started));
        }
    }
}
