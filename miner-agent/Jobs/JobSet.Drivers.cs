using Federation.Discovery.Jobs;
using Federation.Discovery.Store;

namespace Federation.MinerAgent.Jobs;

/// <summary>Starting drivers and outliving them.</summary>
public sealed partial class JobSet
{
    /// <summary>Drives a job that the records say is ours and that nobody drives; called under the lock.</summary>
    private void TakeUp(ulong sector)
    {
        if (!_stop.IsCancellationRequested && !_claiming.Contains(sector) && !_held.ContainsKey(sector)
            && _jobs.TryGetValue(sector, out var job) && IsMine(job.Record))
        {
            Drive(new JobDriver(_context, job, null, null));
        }
    }

    /// <summary>Drives a job that was just claimed.</summary>
    private void TakeUp(ClaimResult.Won won, ILease lease)
    {
        lock (_gate)
        {
            var sector = won.Job.Record.Sector;
            if (!_held.ContainsKey(sector))
            {
                var driver = new JobDriver(_context, won.Job, won.Report, lease);
                if (_jobs.TryGetValue(sector, out var known))
                {
                    driver.Update(known);
                }

                Drive(driver);
            }
        }
    }

    private void Drive(JobDriver driver)
    {
        _held[driver.Sector] = new Held(driver, DriveAsync(driver));
    }

    private async Task DriveAsync(JobDriver driver)
    {
        // Off the caller's stack: it holds the lock.
        await Task.Yield();
        try
        {
            for (var delay = _context.NewDelay(); !await TryDriveAsync(driver);)
            {
                await delay.WaitAsync(_stop);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return;
        }

        lock (_gate)
        {
            _held.Remove(driver.Sector);
            if (_jobs.TryGetValue(driver.Sector, out var known) && known.Record.Epoch > driver.Epoch)
            {
                TakeUp(driver.Sector);
            }
        }

        _context.Pool.JudgeStrangers();
        _claimable.Raise();
    }

    /// <summary>One sector's bad record or defect is logged and tried again; it must not take the others with
    /// it.</summary>
    private async Task<bool> TryDriveAsync(JobDriver driver)
    {
        try
        {
            await driver.RunAsync(_stop);
            return true;
        }
        catch (Exception error) when (error is not OperationCanceledException || !_stop.IsCancellationRequested)
        {
            // Whatever it is: a driver that ended unseen would hold its sector for ever.
            Log.DriverFailed(_context.Logger, driver.Sector, error);
            return false;
        }
    }

    private async Task StoppedAsync()
    {
        List<Task> running;
        lock (_gate)
        {
            running = [.. _held.Values.Select(held => held.Running)];
        }

        await Task.WhenAll(running);
    }
}
