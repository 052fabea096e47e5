using Federation.Discovery.Embedded.Log;
using Federation.Proto.Transport;

namespace Federation.Discovery.Embedded;

// What the store does by itself: ends leases, keeps the log short.
public sealed partial class EmbeddedStore
{
    private Task? _snapshot;
    private long _snapshotBytes;

    /// <summary>Makes a snapshot now; the log begins anew after it.</summary>
    internal Task SnapshotAsync()
    {
        lock (_lock)
        {
            return _snapshot is { IsCompleted: false } ? _snapshot : _snapshot = WriteSnapshotAsync();
        }
    }

    private void SnapshotIfLong()
    {
        if (_log.FileBytes > Math.Max(_options.SnapshotLogBytes, Volatile.Read(ref _snapshotBytes)))
        {
            _ = SnapshotAsync();
        }
    }

    private Task WriteSnapshotAsync()
    {
        // Called under the lock: the image is exactly what lies in the log before the rotation.
        var image = _state.Keys.Capture();
        var identity = _state.Identity!;
        LeaseGrant[] leases =
            [.. _state.Leases.All.Select(static l => new LeaseGrant { Id = l.Id, TtlSeconds = l.TtlSeconds })];
        var rotated = _log.Rotate(new LogRecord(), image.Revision);
        return Task.Run(async () =>
        {
            try
            {
                var size = new SnapshotWriter(_files).Write(await rotated, identity, image, leases);
                Volatile.Write(ref _snapshotBytes, size);
                EmbeddedStoreLog.Snapshot(_logger, image.Revision, size);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                EmbeddedStoreLog.SnapshotFailed(_logger, e);
            }
        });
    }

    private async Task EndLeasesLoopAsync()
    {
        using var timer = new PeriodicTimer(_options.LeaseCheckInterval, _options.TimeProvider);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
            {
                await EndLeasesAsync();
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            return;
        }
        catch (RpcException) when (_stopping.IsCancellationRequested || _log.Stopped.IsCompleted)
        {
            // The store was disposed in the middle of a round, or its log failed, which its own watcher reports.
            return;
        }
    }

    private async Task EndLeasesAsync()
    {
        IReadOnlyList<long> expired;
        lock (_lock)
        {
            expired = [.. _state.Leases.Expired().Select(static lease => lease.Id)];
        }

        foreach (var id in expired)
        {
            await WriteAsync(step =>
            {
                // It may have been revoked since, and granted anew under the same number.
                if (step.State.Leases.Find(id) is { } lease && step.State.Leases.Remaining(lease) <= TimeSpan.Zero)
                {
                    EmbeddedStoreLog.LeaseEnded(_logger, id, lease.Keys.Count);
                    step.Revoke(lease);
                }

                return true;
            });
        }
    }
}
