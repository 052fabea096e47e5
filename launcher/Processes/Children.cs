using System.Diagnostics;
using System.Text.Json;
using Federation.Hosting;
using Federation.Hosting.Repository;
using Federation.Launcher.Layout;

namespace Federation.Launcher.Processes;

/// <summary>
/// The processes of a federation. They are stopped in the reverse of their order of start, layer by layer, and only
/// those: another process that has got the number of one of them is left alone. Used by one task at a time.
/// </summary>
internal sealed class Children(FederationFolder folder)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15), LeftoverPatience = TimeSpan.FromSeconds(10),
        TaskPatience = TimeSpan.FromSeconds(3), KillLimit = TimeSpan.FromSeconds(5);

    private readonly Stack<List<ChildProcess>> _layers = new();
    private readonly TaskCompletionSource<ChildProcess> _died = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isStopping;

    // What an earlier launcher, or this one, could not end yet. Where that is not known, its file is left alone.
    private List<ChildRecord> _leftovers = [];
    private bool _knowsLeftovers = true;

    /// <summary>Completes with the first process that ends without having been stopped.</summary>
    public Task<ChildProcess> Died => _died.Task;

    /// <summary>All processes, in order of start.</summary>
    public IEnumerable<ChildProcess> All => _layers.Reverse().SelectMany(layer => layer);

    /// <summary>Processes started from here on are stopped before those started earlier.</summary>
    public void NextLayer() => _layers.Push([]);

    /// <summary>Starts a process that is meant to run on.</summary>
    public ChildProcess Start(ChildSpec spec)
    {
        var child = StartInLayer(spec);
        _ = ReportDeathAsync(child);
        return child;
    }

    /// <summary>
    /// Starts a process that is meant to end by itself, in a layer of its own and with a new log. It is to be given to
    /// <see cref="EndTaskAsync"/> before another is started.
    /// </summary>
    public ChildProcess StartTask(ChildSpec spec)
    {
        File.Delete(folder.Log(spec.Name));
        NextLayer();
        return StartInLayer(spec);
    }

    /// <summary>Stops such a process if it still runs, and forgets it.</summary>
    public async Task EndTaskAsync(ChildProcess child)
    {
        if (child.Exited.IsCompleted || await child.StopAsync(TaskPatience, CancellationToken.None))
        {
            _layers.Pop();
            child.Dispose();
            Remember();
        }
    }

    /// <summary>Stops what an earlier launcher left when it was killed.</summary>
    /// <exception cref="OperatorException">One cannot be ended, or what was left is not known.</exception>
    public async Task StopLeftoversAsync(CancellationToken cancellationToken)
    {
        _knowsLeftovers = false;
        var left = _leftovers = ReadLeftovers();
        _knowsLeftovers = true;
        left.ForEach(child => ProcessSignals.SendToGroup(child.Pid, ProcessSignals.Terminate));
        if (!await AreGoneAsync(left, LeftoverPatience, cancellationToken))
        {
            left.FindAll(IsAlive).ForEach(child => ProcessSignals.SendToGroup(child.Pid, ProcessSignals.Kill));
            if (!await AreGoneAsync(left, KillLimit, cancellationToken))
            {
                var child = left.Find(IsAlive);
                throw new OperatorException(
                    $"{child?.Name} (process {child?.Pid}), left by an earlier 'fed up', cannot be ended",
                    "end it by hand, then type the same command again");
            }
        }
    }

    /// <summary>
    /// Stops all, the last started first, and without patience once the token is cancelled. What could not be ended is
    /// remembered for the next launcher.
    /// </summary>
    /// <returns>The names of what could not be ended.</returns>
    public async Task<IReadOnlyList<string>> StopAllAsync(CancellationToken impatient)
    {
        _isStopping = true;
        while (_layers.TryPop(out var layer))
        {
            var records = Records(layer);
            await Task.WhenAll(layer.Select(child => child.StopAsync(Patience, impatient)));
            layer.ForEach(child => child.Dispose());
            _leftovers.AddRange(records);
        }

        _leftovers.RemoveAll(child => !IsAlive(child));
        if (_leftovers.Count > 0)
        {
            Remember();
        }
        else if (_knowsLeftovers)
        {
            File.Delete(folder.ChildrenFile);
        }

        return [.. _leftovers.Select(child => child.Name)];
    }

    private static bool IsAlive(ChildRecord child) => ProcessSignals.StartTicks(child.Pid) == child.StartTicks;

    private static async Task<bool> AreGoneAsync(
        List<ChildRecord> children, TimeSpan limit, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (children.Exists(IsAlive))
        {
            if (Stopwatch.GetElapsedTime(started) > limit)
            {
                return false;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }

        return true;
    }

    private static List<ChildRecord> Records(IEnumerable<ChildProcess> children) =>
    [
        .. children.Select(child => (child, Ticks: ProcessSignals.StartTicks(child.Id)))
            .Where(pair => pair.Ticks is not null)
            .Select(pair => new ChildRecord(pair.child.Spec.Name, pair.child.Id, pair.Ticks!.Value)),
    ];

    private List<ChildRecord> ReadLeftovers()
    {
        if (!File.Exists(folder.ChildrenFile))
        {
            return [];
        }

        try
        {
            var records = JsonSerializer.Deserialize<List<ChildRecord>>(File.ReadAllBytes(folder.ChildrenFile)) ?? [];
            return records.FindAll(IsAlive);
        }
        catch (JsonException error)
        {
            throw new OperatorException(
                $"{folder.ChildrenFile}, which tells what an earlier 'fed up' left running, is damaged"
                    + $" ({error.Message})",
                "end what still runs of that federation, then delete the file", error);
        }
    }

    private async Task ReportDeathAsync(ChildProcess child)
    {
        await child.Exited;
        if (!_isStopping)
        {
            _died.TrySetResult(child);
        }
    }

    private ChildProcess StartInLayer(ChildSpec spec)
    {
        var child = ChildProcess.Start(spec, folder.Log(spec.Name));
        _layers.Peek().Add(child);
        Remember();
        return child;
    }

    private void Remember() => AtomicFile.Write(
        folder.ChildrenFile, JsonSerializer.SerializeToUtf8Bytes(_leftovers.Concat(Records(All))),
        AtomicFile.Readable);
}
