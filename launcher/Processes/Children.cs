using System.Diagnostics;
using System.Text.Json;
using Federation.Launcher.Layout;

namespace Federation.Launcher.Processes;

/// <summary>
/// The processes of a federation. They are stopped in the reverse of their order of start, layer by layer, and only
/// those: another process that has got the number of one of them is left alone. Used by one task at a time.
/// </summary>
internal sealed class Children(FederationFolder folder)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15), LeftoverPatience = TimeSpan.FromSeconds(10);

    private readonly Stack<List<ChildProcess>> _layers = new();
    private readonly TaskCompletionSource<ChildProcess> _died = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isStopping;

    /// <summary>Completes with the first process that ends without having been stopped.</summary>
    public Task<ChildProcess> Died => _died.Task;

    /// <summary>All processes, in order of start.</summary>
    public IEnumerable<ChildProcess> All => _layers.Reverse().SelectMany(layer => layer);

    /// <summary>Processes started from here on are stopped before those started earlier.</summary>
    public void NextLayer() => _layers.Push([]);

    /// <summary>Starts a process that is meant to run on.</summary>
    public ChildProcess Start(ChildSpec spec)
    {
        var child = ChildProcess.Start(spec, folder.Log(spec.Name));
        _layers.Peek().Add(child);
        Remember();
        _ = ReportDeathAsync(child);
        return child;
    }

    /// <summary>Stops what an earlier launcher left when it was killed.</summary>
    public async Task StopLeftoversAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(folder.ChildrenFile))
        {
            return;
        }

        var left = (JsonSerializer.Deserialize<List<ChildRecord>>(
            await File.ReadAllBytesAsync(folder.ChildrenFile, cancellationToken)) ?? [])
            .Where(IsAlive).ToList();
        foreach (var child in left)
        {
            ProcessSignals.SendToGroup(child.Pid, ProcessSignals.Terminate);
        }

        var started = Stopwatch.GetTimestamp();
        while (left.Any(IsAlive) && Stopwatch.GetElapsedTime(started) < LeftoverPatience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }

        foreach (var child in left.Where(IsAlive))
        {
            ProcessSignals.SendToGroup(child.Pid, ProcessSignals.Kill);
        }

        File.Delete(folder.ChildrenFile);
    }

    /// <summary>Stops all, the last started first. With an impatient token all that is left is ended at once.</summary>
    public async Task StopAllAsync(CancellationToken impatient)
    {
        _isStopping = true;
        using var kill = impatient.Register(KillAll);
        while (_layers.TryPop(out var layer))
        {
            await Task.WhenAll(layer.Select(child => child.StopAsync(Patience)));
            layer.ForEach(child => child.Dispose());
        }

        File.Delete(folder.ChildrenFile);
    }

    private static bool IsAlive(ChildRecord child) => ProcessSignals.StartTicks(child.Pid) == child.StartTicks;

    private void KillAll()
    {
        foreach (var child in All.ToList())
        {
            child.Kill();
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

    private void Remember()
    {
        var records = All.Select(child => (child, Ticks: ProcessSignals.StartTicks(child.Id)))
            .Where(pair => pair.Ticks is not null)
            .Select(pair => new ChildRecord(pair.child.Spec.Name, pair.child.Id, pair.Ticks!.Value)).ToList();
        File.WriteAllBytes(folder.ChildrenFile + ".tmp", JsonSerializer.SerializeToUtf8Bytes(records));
        File.Move(folder.ChildrenFile + ".tmp", folder.ChildrenFile, overwrite: true);
    }
}
