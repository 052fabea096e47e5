using Federation.Chain;
using Federation.Chain.Messages;
using Federation.Proto.Records;

namespace Federation.Miner.Sectors;

// The proof, which is C2's or in a vanilla network C1's, and the commit.
internal sealed partial class SectorHandlers
{
    private const int DigestHexLength = 64;

    private async Task<SectorStep> CommitAsync(SectorView view, CancellationToken cancellationToken)
    {
        var phase = SealSpecs.ProofPhaseOf(view.Record.Spec);
        var step = phase != "C1" && view.Phase("C1") is not { State: PhaseState.Done }
            ? AwaitPhase(view, "C1", SectorEvent.ComputeProofFailed, static _ => Idle)
            : AwaitPhase(view, phase, SectorEvent.ComputeProofFailed, report => Proved(view, report));
        if (step is not SectorStep.Move { Event: SectorEvent.Committed } committed)
        {
            return step;
        }

        var proven = view.Record.Clone();
        committed.Change?.Invoke(proven);
        if (!shelf.Has(proven.Sector, proven.ProofSha256))
        {
            return AwaitProof(view, SectorEvent.ComputeProofFailed);
        }

        if (await shelf.RefusalAsync(SectorMessages.Statement(proven), cancellationToken) is not { } refusal)
        {
            return committed;
        }

        shelf.Discard(proven.Sector);
        return Fail(SectorEvent.ComputeProofFailed, $"the proof of {phase} is not valid: {refusal}");
    }

    private static SectorStep.Move Proved(SectorView view, PhaseReport report) =>
        report.ProofSha256.Length == DigestHexLength && report.ProofSha256.All(char.IsAsciiHexDigitLower)
            ? new SectorStep.Move(
                SectorEvent.Committed,
                record =>
                {
                    record.ProofSha256 = report.ProofSha256;
                    if (view.Phase("C1") is { } vanilla)
                    {
                        record.PhaseSeconds["C1"] = SectorLogText.Seconds(vanilla);
                    }
                },
                SectorLogText.Proof(report))
            : Fail(SectorEvent.ComputeProofFailed,
                $"{report.Phase} reported '{report.ProofSha256}' for its proof's digest");

    /// <summary>
    /// The proof comes over its own port; when it does not, its agent is asked again, so and so often.
    /// </summary>
    private SectorStep AwaitProof(SectorView view, SectorEvent failed)
    {
        var sector = view.Record.Sector;
        var asks = view.Job?.Record.Order?.ProofWanted ?? view.Offer?.Record.Order?.ProofWanted ?? 0;
        var missing = _missing.AddOrUpdate(
            sector,
            _ => (view.Record.Order, asks, time.GetTimestamp()),
            (_, known) => (known.Order, known.Asks) == (view.Record.Order, asks) && !shelf.IsArriving(sector)
                ? known
                : (view.Record.Order, asks, time.GetTimestamp()));
        var left = limits.ProofAsk - time.GetElapsedTime(missing.Since);
        if (left > TimeSpan.Zero)
        {
            return new SectorStep.Wait(left);
        }

        _missing.TryRemove(sector, out _);
        return asks >= limits.ProofAsks
            ? Fail(failed,
                $"the proof of {SealSpecs.ProofPhaseOf(view.Record.Spec)} did not arrive, asked for {asks} times "
                + $"{Whose(view)}: is the miner's bulk port reachable from there?")
            : new SectorStep.Move(SectorEvent.ProofWanted);
    }

    private async Task<SectorStep> SubmitCommitAsync(SectorView view, CancellationToken cancellationToken)
    {
        var record = view.Record;
        if (await ActivatedAsync(record, cancellationToken) is { } activated)
        {
            return activated;
        }

        if (!SectorMessages.IsSigned(record, record.CommitMessage))
        {
            var message = SectorMessages.ProveCommit(record);
            return new SectorStep.Move(SectorEvent.MessageSigned, next =>
            {
                SectorMessages.Sign(next, message);
                next.CommitMessage = ChainMessageCodec.Cid(message);
            });
        }

        if (view.Job is null && view.Offer is null && !shelf.Has(record.Sector, record.ProofSha256))
        {
            return Fail(SectorEvent.CommitFailed, "the proof is not here any more, and no agent has the sector's job");
        }

        // The chain wants to see the proof, unless it has it already.
        return shelf.Has(record.Sector, record.ProofSha256)
            || await chain.SearchAsync(record.CommitMessage, cancellationToken) is not null
            ? await PushAsync(
                record, record.CommitMessage, SectorEvent.CommitAggregateSent, SectorEvent.CommitFailed,
                cancellationToken)
            : AwaitProof(view, SectorEvent.CommitFailed);
    }

    private async Task<SectorStep> AwaitCommitAsync(SectorView view, CancellationToken cancellationToken)
    {
        var record = view.Record;
        if (await ActivatedAsync(record, cancellationToken) is { } activated)
        {
            return activated;
        }

        return await chain.SearchAsync(record.CommitMessage, cancellationToken) switch
        {
            { Epoch: not null, ExitCode: not ExitCode.Ok } failed => Fail(
                SectorEvent.CommitFailed,
                $"{failed.MessageCid} failed with {ExitCode.Name(failed.ExitCode)}: {failed.Error}"),
            null => Fail(SectorEvent.CommitFailed, $"the chain does not know {record.CommitMessage} any more"),
            _ => TimedOut(view, $"{record.CommitMessage} is not in a block") ?? NextEpoch(),
        };
    }

    private async Task<SectorStep?> ActivatedAsync(SectorRecord record, CancellationToken cancellationToken)
    {
        var sector = await chain.SectorAsync(record.Sector, cancellationToken);
        return sector.ActivationEpoch is not { } epoch
            ? null
            : new SectorStep.Move(SectorEvent.Proving, next =>
            {
                next.CommitMessage = sector.CommitMessage ?? "";
                next.CommitEpoch = epoch;
                next.SignedMessages.Clear();
            });
    }
}
