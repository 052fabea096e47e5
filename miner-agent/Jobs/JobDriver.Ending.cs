using Federation.Discovery;
using Federation.Discovery.Store;
using Federation.MinerAgent.Scheduling;
using Federation.MinerAgent.Workers;
using Federation.Proto.Gates;
using Federation.Proto.Records;

namespace Federation.MinerAgent.Jobs;

/// <summary>Strangers, the proof's upload, and leaving a job.</summary>
public sealed partial class JobDriver
{
    private TaskKey? _current;
    private volatile bool _settled;
    private (uint Order, uint Wanted)? _uploading;
    private CancellationTokenSource? _uploadEnd;
    private Task _upload = Task.CompletedTask;

    /// <summary>The attempt whose end this driver waits for or is dealing with.</summary>
    private TaskKey? Current
    {
        get
        {
            lock (_gate)
            {
                return _current;
            }
        }

        set
        {
            lock (_gate)
            {
                _current = value;
            }
        }
    }

    /// <summary>
    /// What becomes of a task of this sector that a worker has and nobody waits for. Until the driver has seen what the
    /// store decided, published it and knows what it waits for, nothing is thrown away.
    /// </summary>
    public StrangerVerdict Judge(TaskKey key)
    {
        if (!_settled || key == Current)
        {
            return StrangerVerdict.Keep;
        }

        var report = _report?.Record;
        var accepted = report is not null && report.Order == key.Order && report.Phases.Any(
            phase => phase.Phase == key.Phase && phase.State == PhaseState.Done && phase.Attempt == key.Attempt);
        return accepted ? StrangerVerdict.Accepted : StrangerVerdict.Unwanted;
    }

    private void Expect(TaskKey key)
    {
        Current = key;
        Settle();
    }

    private void Settle()
    {
        if (!_settled)
        {
            _settled = true;
            _context.Pool.JudgeStrangers();
        }
    }

    /// <summary>
    /// The proof goes to the miner once its phase is accepted, and again whenever the order asks for it once more; in
    /// the background, since the job itself may go on. Where the order has C2, C1's output stays in the region.
    /// </summary>
    private void StartUpload(CancellationToken stop)
    {
        var job = Job.Record;
        if (_uploading is { } uploading && uploading.Order != job.Order?.Number)
        {
            // The miner has what it wanted: it has gone on.
            _uploadEnd?.Cancel();
            _uploading = null;
        }

        if (job.Order is not { } order || JobPlan.ProofPhase(order) is not { } phase
            || JobPlan.Find(job, _report?.Record, phase) is not { State: PhaseState.Done } done
            || _uploading == (order.Number, order.ProofWanted)
            || _context.Outbox.IsUploaded(Sector, order.Number, order.ProofWanted))
        {
            return;
        }

        _uploadEnd?.Cancel();
        _uploadEnd?.Dispose();
        _uploadEnd = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _uploading = (order.Number, order.ProofWanted);
        _upload = UploadAsync(_upload, phase, HeaderOf(order, done), order.ProofWanted, _uploadEnd.Token);
    }

    private ProofHeader HeaderOf(Order order, PhaseReport done) => new()
    {
        Sector = Sector,
        Epoch = _epoch,
        Order = order.Number,
        Bytes = done.ProofBytes,
        Sha256 = done.ProofSha256,
    };

    private async Task UploadAsync(
        Task before, string phase, ProofHeader header, uint wanted, CancellationToken end)
    {
        try
        {
            await before.ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            for (var delay = _context.NewDelay(); !await TryUploadAsync(phase, header, wanted, end);)
            {
                await delay.WaitAsync(end);
            }
        }
        catch (OperationCanceledException)
        {
            // The job or the agent ends, or the proof is asked for anew.
        }
    }

    /// <summary>True when the miner has given its receipt, be it a refusal: it says with the next order what it
    /// wants.</summary>
    private async Task<bool> TryUploadAsync(
        string phase, ProofHeader header, uint wanted, CancellationToken end)
    {
        ProofReceipt receipt;
        try
        {
            if (_context.Files.FindProof(_sectorId, phase) is not { } path)
            {
                Log.NoProof(_context.Logger, Sector);
                return false;
            }

            receipt = await _context.Uploader.UploadAsync(header, path, end);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.UploadFailed(_context.Logger, Sector, error);
            return false;
        }

        Log.Uploaded(_context.Logger, Sector, header.Bytes, receipt.Accepted, receipt.Reason);
        if (receipt.Accepted)
        {
            RememberUpload(header.Order, wanted);
        }

        return receipt.Accepted || receipt.Reason != "digest";
    }

    /// <summary>What cannot be remembered is sent once more after a restart, not again and again until then.</summary>
    private void RememberUpload(uint order, uint wanted)
    {
        try
        {
            _context.Outbox.SetUploaded(Sector, order, wanted);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.NotWritten(_context.Logger, Sector, error);
        }
    }

    /// <summary>
    /// The job is gone or another's. What the store accepted from us is published all the same, since the decision
    /// stands and whoever holds the job now relies on it; the rest of our attempts goes.
    /// </summary>
    private async Task LeaveAsync(CancellationToken stop)
    {
        Log.Left(_context.Logger, Sector, _epoch);
        if (_uploadEnd is not null)
        {
            _uploadEnd.Cancel();
            await _upload;
            _uploadEnd.Dispose();
        }

        if (!_gone)
        {
            // Whoever deleted the job deleted its report with it.
            await ReadLastReportAsync(stop);
        }

        await PublishAcceptedAsync(stop);
        foreach (var entry in _context.Outbox.Entries.Where(
            entry => entry.Key.Sector == Sector && entry.Key.Epoch == _epoch).ToList())
        {
            _context.Outbox.Remove(entry.Key);
        }

        _context.Outbox.ForgetUploads(Sector);
        await DiscardAsync(null, stop);
        if (_gone && _report?.Record.Phases.Any(
            phase => phase is { State: PhaseState.Done, Phase: TaskCode.Finalize or TaskCode.Remove }) == true)
        {
            await ForgetAsync(stop);
        }
    }

    /// <summary>A report that was written and whose answer was lost shows here; one that is gone leaves what we
    /// knew.</summary>
    private async Task ReadLastReportAsync(CancellationToken stop)
    {
        var key = _context.Board.Keys.Report(_context.Me.Region, Sector);
        for (var delay = _context.NewDelay(); ; await delay.WaitAsync(stop))
        {
            try
            {
                var read = await _context.Board.Store.RangeAsync(new RangeQuery(key), stop);
                _report = read.Entries.Count == 0 ? _report : Versioned.From<ReportRecord>(read.Entries[0]);
                return;
            }
            catch (IOException error) when (error is StoreUnavailableException)
            {
                Log.StoreDown(_context.Logger, Sector, "leaving", error);
            }
        }
    }

    private async Task ForgetAsync(CancellationToken stop)
    {
        try
        {
            await _context.Files.ForgetAsync(_sectorId, stop);
        }
        catch (IOException error)
        {
            Log.DiscardFailed(_context.Logger, Sector, error);
        }
    }
}
