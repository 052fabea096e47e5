using Federation.Chain;
using Federation.Proto.Records;
using static Federation.Miner.Sectors.SectorStates;

namespace Federation.Miner.Sectors;

// The failure states: wait as the retry table says, then look at what the chain says, then go on.
internal sealed partial class SectorHandlers
{
    private async Task<SectorStep> RetryAsync(SectorView view, CancellationToken cancellationToken)
    {
        var record = view.Record;
        if (record.NeedsOperator)
        {
            return Idle;
        }

        var left = TimeSpan.FromMilliseconds(record.RetryAfterMs) - Since(view);
        if (left > TimeSpan.Zero)
        {
            return new SectorStep.Wait(left);
        }

        return record.State switch
        {
            AddPieceFailed => new SectorStep.Move(SectorEvent.RetryPacking),
            SealPreCommit1Failed => HasFreeTicket(record) && await IsTicketOldAsync(record, cancellationToken)
                ? new SectorStep.Move(SectorEvent.OldTicket)
                : new SectorStep.Move(SectorEvent.RetrySealPreCommit1),
            SealPreCommit2Failed => new SectorStep.Move(SectorEvent.RetrySealPreCommit2),
            PreCommitFailed => await RetryPreCommitAsync(record, cancellationToken),
            // C1's input is what PC1 and PC2 left behind: it is made again, and must come to the same CommR.
            ComputeProofFailed => new SectorStep.Move(
                view.Phase("C1") is { State: PhaseState.Failed, Failure: FailureKind.InvalidInput }
                    ? SectorEvent.RetrySealPreCommit1
                    : SectorEvent.RetryComputeProof),
            CommitFailed => await RetryCommitAsync(view, cancellationToken),
            FinalizeFailed => new SectorStep.Move(SectorEvent.RetryFinalize),
            _ => new SectorStep.Move(SectorEvent.RetryRemove),
        };
    }

    private async Task<SectorStep> RetryPreCommitAsync(SectorRecord record, CancellationToken cancellationToken)
    {
        if (await LandedAsync(record, cancellationToken) is { } landed)
        {
            return landed;
        }

        var lookup = await LookupAsync(record.PrecommitMessage, cancellationToken);
        if (lookup is { Epoch: null })
        {
            return new SectorStep.Move(SectorEvent.RetryPreCommitWait);
        }

        // What failed on chain is done with; what the chain never took is the same message still, with the same CID.
        var isSpent = lookup is not null;
        if (await IsTicketOldAsync(record, cancellationToken))
        {
            var old = Fail(SectorEvent.SealPreCommit1Failed,
                $"the ticket of epoch {record.TicketEpoch} grew too old for the pre-commit");
            return old with { Change = ForgetPreCommit };
        }

        return new SectorStep.Move(SectorEvent.RetryPreCommit, isSpent ? ForgetPreCommit : null);
    }

    private async Task<SectorStep> RetryCommitAsync(SectorView view, CancellationToken cancellationToken)
    {
        var record = view.Record;
        if (record.PrecommitEpoch == 0)
        {
            // No ticket could be drawn: there is no commit yet that could have failed.
            return new SectorStep.Move(SectorEvent.OldTicket);
        }

        if (await ActivatedAsync(record, cancellationToken) is { } activated)
        {
            return activated;
        }

        var lookup = await LookupAsync(record.CommitMessage, cancellationToken);
        if (lookup is { Epoch: null })
        {
            return new SectorStep.Move(SectorEvent.RetryCommitWait);
        }

        var isAtHand = shelf.Has(record.Sector, record.ProofSha256);
        var isUseless = isAtHand
            ? await shelf.RefusalAsync(SectorMessages.Statement(record), cancellationToken) is not null
            : record.ProofSha256.Length == 0 || (view.Job is null && view.Offer is null);
        return isUseless
            ? new SectorStep.Move(SectorEvent.RetryComputeProof, ForgetProof)
            : new SectorStep.Move(SectorEvent.RetrySubmitCommit, lookup is null ? null : ForgetCommit);
    }

    private async Task<MessageLookup?> LookupAsync(string cid, CancellationToken cancellationToken) =>
        cid.Length == 0 ? null : await chain.SearchAsync(cid, cancellationToken);

    private static void ForgetPreCommit(SectorRecord record)
    {
        record.PrecommitMessage = "";
        record.SignedMessages.Clear();
    }

    private static void ForgetCommit(SectorRecord record)
    {
        record.CommitMessage = "";
        record.SignedMessages.Clear();
    }

    private void ForgetProof(SectorRecord record)
    {
        ForgetCommit(record);
        record.ProofSha256 = "";
        shelf.Discard(record.Sector);
    }
}
