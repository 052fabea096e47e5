using Federation.Chain;
using Federation.Proofs;
using Federation.Proto.Records;

namespace Federation.Miner.Sectors;

// The states in which an agent works.
internal sealed partial class SectorHandlers
{
    private SectorStep Pack(SectorView view) => AwaitPhase(view, "AP", SectorEvent.AddPieceFailed, report =>
    {
        if (!Bytes32.TryParseHex(report.CommD, out var commD))
        {
            return Fail(SectorEvent.AddPieceFailed, $"AP reported '{report.CommD}' for CommD");
        }

        var pieces = report.Pieces.Select(static piece => new ChainPiece(piece.Size, piece.Cid)).ToArray();
        if (!UnsealedData.TryCommD((long)view.Record.Spec.SectorSize, pieces, out var computed, out var reason))
        {
            return Fail(SectorEvent.AddPieceFailed, $"AP reported pieces that do not make a sector: {reason}");
        }

        return commD != computed
            ? Fail(SectorEvent.AddPieceFailed, $"AP reported CommD {commD}, its pieces make {computed}")
            : new SectorStep.Move(SectorEvent.Packed, record =>
            {
                record.Pieces.Clear();
                record.Pieces.Add(report.Pieces);
                record.CommD = commD.ToString();
            }, SectorLogText.Packed(report.Pieces));
    });

    private async Task<SectorStep> RunPreCommit1Async(SectorView view, CancellationToken cancellationToken)
    {
        var isWaiting = view.Phase("PC1") is null && HasFreeTicket(view.Record);
        if (isWaiting && await IsTicketOldAsync(view.Record, cancellationToken))
        {
            return OldTicket(view);
        }

        var step = AwaitPhase(view, "PC1", SectorEvent.SealPreCommit1Failed, report =>
            report.CommD.Length > 0 && report.CommD != view.Record.CommD
                ? Fail(SectorEvent.SealPreCommit1Failed, $"PC1 found CommD {report.CommD}, AP had {view.Record.CommD}")
                : new SectorStep.Move(SectorEvent.PreCommit1, User: SectorLogText.Attempt(report)));
        if (!isWaiting || step is not SectorStep.Wait { AtMost: { } atMost })
        {
            return step;
        }

        // Nobody has begun yet: it is looked at again when the ticket has grown too old.
        var left = chain.Parameters.EpochDuration * (await TicketLeftAsync(view.Record, cancellationToken) + 1);
        return new SectorStep.Wait(left < atMost ? left : atMost);
    }

    private SectorStep RunPreCommit2(SectorView view) =>
        AwaitPhase(view, "PC2", SectorEvent.SealPreCommit2Failed, report =>
    {
        if (!Bytes32.TryParseHex(report.CommR, out var commR) || commR.IsZero)
        {
            return Fail(SectorEvent.SealPreCommit2Failed, $"PC2 reported '{report.CommR}' for CommR");
        }

        if (report.CommD != view.Record.CommD)
        {
            return Fail(SectorEvent.SealPreCommit1Failed,
                $"PC2 found CommD {report.CommD}, AP had {view.Record.CommD}");
        }

        // Once a pre-commit is on its way, a sector done again has to come out the same.
        return view.Record.PrecommitMessage.Length > 0 && commR.ToString() != view.Record.CommR
            ? Fail(SectorEvent.SealPreCommit1Failed,
                $"PC2 found CommR {commR}, the pre-commit has {view.Record.CommR}")
            : new SectorStep.Move(
                SectorEvent.PreCommit2, record => record.CommR = commR.ToString(),
                SectorLogText.PreCommit2(report, view.Record.CommD));
    });

    private SectorStep Finish(SectorView view) => AwaitPhase(view, "FIN", SectorEvent.FinalizeFailed, _ =>
    {
        shelf.Discard(view.Record.Sector);
        return new SectorStep.Move(SectorEvent.Finalized);
    });

    private SectorStep Remove(SectorView view)
    {
        shelf.Discard(view.Record.Sector);
        var hasFiles = view.Record.Region.Length > 0 || view.Job is not null || view.Offer is { Record.Epoch: > 0 };
        return hasFiles
            ? AwaitPhase(view, "RM", SectorEvent.RemoveFailed, static _ => new SectorStep.Move(SectorEvent.Removed))
            : new SectorStep.Move(SectorEvent.Removed);
    }

    /// <summary>What the report of the present order's phase comes to, or how long it may still take.</summary>
    private SectorStep AwaitPhase(
        SectorView view, string phase, SectorEvent failed, Func<PhaseReport, SectorStep> done)
    {
        var report = view.Phase(phase);
        switch (report?.State)
        {
            case PhaseState.Done:
                return Timed(done(report), report);
            case PhaseState.Failed:
                return Failed(report, failed);
        }

        var limit = report is null ? limits.Start : phase == "PC1" ? limits.PreCommit1 : limits.Phase;
        var left = limit - (report is null ? Since(view) : RunningFor(view, phase));
        return left > TimeSpan.Zero
            ? new SectorStep.Wait(left)
            : Fail(failed, $"waited {Text(limit)} for {phase} to {(report is null ? "start" : "end")} {Whose(view)}");
    }

    /// <summary>
    /// Time since this process first saw the phase run: how long its sector had waited before does not count, and a
    /// restart begins anew.
    /// </summary>
    private TimeSpan RunningFor(SectorView view, string phase)
    {
        var (order, epoch) = (view.Record.Order, view.Job?.Record.Epoch ?? 0);
        var seen = _running.AddOrUpdate(
            view.Record.Sector,
            _ => (order, epoch, phase, time.GetTimestamp()),
            (_, known) => (known.Order, known.Epoch, known.Phase) == (order, epoch, phase)
                ? known
                : (order, epoch, phase, time.GetTimestamp()));
        return time.GetElapsedTime(seen.Since);
    }

    private static string Whose(SectorView view) => view switch
    {
        { Job.Record.Agent: { Length: > 0 } agent } => $"at agent {agent}",
        { Offer.Record.Region: { Length: > 0 } region } => $"in region {region}: can not found any server there",
        _ => "at any agent: can not found any server",
    };

    private static SectorStep Timed(SectorStep step, PhaseReport report) =>
        step is SectorStep.Move move && move.Error is null
            ? move with
            {
                Change = record =>
                {
                    move.Change?.Invoke(record);
                    record.PhaseSeconds[report.Phase] = SectorLogText.Seconds(report);
                },
            }
            : step;

    private static SectorStep Failed(PhaseReport report, SectorEvent failed)
    {
        var cause = $"{report.Phase} failed on {report.Hostname}: {report.Error}";
        var happened = (failed, report.Failure) switch
        {
            // PC2's input is what PC1 left behind.
            (SectorEvent.SealPreCommit2Failed, FailureKind.InvalidInput) => SectorEvent.SealPreCommit1Failed,
            _ => failed,
        };
        return Fail(happened, cause) with { IsPermanent = report.Failure == FailureKind.Permanent };
    }
}
