using Federation.Chain;
using Federation.Chain.Messages;
using Federation.Proto.Records;

namespace Federation.Miner.Sectors;

// Ticket, pre-commit and seed.
internal sealed partial class SectorHandlers
{
    // A message needs an epoch to land, and heads may come late.
    private const long TicketMargin = 5;

    private const int HeadsMissed = 10;

    /// <summary>True while no message has fixed the ticket.</summary>
    private static bool HasFreeTicket(SectorRecord record) => record.PrecommitMessage.Length == 0;

    private async Task<SectorStep> DrawTicketAsync(SectorView view, CancellationToken cancellationToken)
    {
        var head = await chain.HeadAsync(cancellationToken);
        var epoch = Math.Max(0, head.Epoch - chain.Parameters.TicketLookback);
        var ticket = await chain.RandomnessAsync(RandomnessPurpose.Ticket, epoch, cancellationToken);
        if (ticket is null)
        {
            return TimedOut(view, $"the chain gives no randomness for epoch {epoch}") ?? NextEpoch();
        }

        return new SectorStep.Move(SectorEvent.Ticket, record =>
        {
            record.Ticket = Convert.ToHexStringLower(ticket);
            record.TicketEpoch = epoch;
        }, SectorLogText.Ticket(ticket, epoch));
    }

    private async Task<bool> IsTicketOldAsync(SectorRecord record, CancellationToken cancellationToken) =>
        record.Ticket.Length == 0 || await TicketLeftAsync(record, cancellationToken) < 0;

    /// <summary>Epochs for which a pre-commit with this ticket would still be taken.</summary>
    private async Task<long> TicketLeftAsync(SectorRecord record, CancellationToken cancellationToken)
    {
        var head = await chain.HeadAsync(cancellationToken);
        return record.TicketEpoch + chain.Parameters.MaxTicketAge - TicketMargin - head.Epoch;
    }

    private SectorStep.Move OldTicket(SectorView view)
    {
        var count = view.Record.Failures.GetValueOrDefault(nameof(SectorEvent.OldTicket)) + 1;
        return count > limits.OldTickets
            ? Fail(SectorEvent.SealPreCommit1Failed,
                $"{count} tickets in a row grew too old before PC1 began {Whose(view)}")
            : new SectorStep.Move(
                SectorEvent.OldTicket, record => record.Failures[nameof(SectorEvent.OldTicket)] = count);
    }

    private async Task<SectorStep> SubmitPreCommitAsync(SectorView view, CancellationToken cancellationToken)
    {
        var record = view.Record;
        if (await LandedAsync(record, cancellationToken) is { } landed)
        {
            return landed;
        }

        if (!SectorMessages.IsSigned(record, record.PrecommitMessage))
        {
            return await IsTicketOldAsync(record, cancellationToken)
                ? Fail(SectorEvent.SealPreCommit1Failed,
                    $"the ticket of epoch {record.TicketEpoch} grew too old before the pre-commit")
                : await SignPreCommitAsync(record, cancellationToken);
        }

        return await PushAsync(
            record, record.PrecommitMessage, SectorEvent.PreCommitBatchSent, SectorEvent.ChainPreCommitFailed,
            cancellationToken);
    }

    private async Task<SectorStep> SignPreCommitAsync(SectorRecord record, CancellationToken cancellationToken)
    {
        var head = await chain.HeadAsync(cancellationToken);
        var message = SectorMessages.PreCommit(record, head.Epoch + chain.Parameters.SectorLifetime);
        return new SectorStep.Move(SectorEvent.MessageSigned, next =>
        {
            SectorMessages.Sign(next, message);
            next.PrecommitMessage = ChainMessageCodec.Cid(message);
        });
    }

    /// <summary>Pushes the signed message unless the chain knows it already.</summary>
    private async Task<SectorStep> PushAsync(
        SectorRecord record, string cid, SectorEvent sent, SectorEvent failed, CancellationToken cancellationToken)
    {
        if (await chain.SearchAsync(cid, cancellationToken) is null)
        {
            var outcome = await chain.PushAsync(SectorMessages.Signed(record), cancellationToken);
            if (outcome.Refused is { } reason)
            {
                return Fail(failed, $"the chain refused {outcome.MessageCid}: {reason}");
            }
        }

        return new SectorStep.Move(sent, User: SectorLogText.Message(cid));
    }

    private async Task<SectorStep> AwaitPreCommitAsync(SectorView view, CancellationToken cancellationToken)
    {
        var record = view.Record;
        if (await LandedAsync(record, cancellationToken) is { } landed)
        {
            return landed;
        }

        return await chain.SearchAsync(record.PrecommitMessage, cancellationToken) switch
        {
            { Epoch: not null, ExitCode: not ExitCode.Ok } failed => Fail(
                SectorEvent.ChainPreCommitFailed,
                $"{failed.MessageCid} failed with {ExitCode.Name(failed.ExitCode)}: {failed.Error}"),
            null => Fail(SectorEvent.ChainPreCommitFailed,
                $"the chain does not know {record.PrecommitMessage} any more"),
            _ => TimedOut(view, $"{record.PrecommitMessage} is not in a block") ?? NextEpoch(),
        };
    }

    /// <summary>The pre-commit on chain, whichever message did it; null when there is none.</summary>
    private async Task<SectorStep?> LandedAsync(SectorRecord record, CancellationToken cancellationToken)
    {
        var sector = await chain.SectorAsync(record.Sector, cancellationToken);
        if (sector.PreCommitEpoch is not { } epoch)
        {
            return null;
        }

        if (sector.CommR is null || Convert.ToHexStringLower(sector.CommR) != record.CommR)
        {
            return Fail(SectorEvent.FatalError,
                "the chain has this sector number with another CommR: it was sealed elsewhere");
        }

        var lookup = await chain.SearchAsync(sector.PreCommitMessage ?? "", cancellationToken);
        return new SectorStep.Move(SectorEvent.PreCommitLanded, next =>
        {
            next.PrecommitMessage = sector.PreCommitMessage ?? "";
            next.PrecommitEpoch = epoch;
            next.SignedMessages.Clear();
        }, SectorLogText.TipSet(lookup?.TipSet));
    }

    private async Task<SectorStep> AwaitSeedAsync(SectorView view, CancellationToken cancellationToken)
    {
        var epoch = view.Record.PrecommitEpoch + chain.Parameters.SeedDelay;
        var seed = await chain.RandomnessAsync(RandomnessPurpose.Seed, epoch, cancellationToken);
        return seed is null
            ? TimedOut(view, $"the chain has not reached the seed's epoch {epoch}") ?? NextEpoch()
            : new SectorStep.Move(SectorEvent.SeedReady, record =>
            {
                record.Seed = Convert.ToHexStringLower(seed);
                record.SeedEpoch = epoch;
            }, SectorLogText.Seed(seed, epoch));
    }

    /// <summary>The loop is told of heads; this only bounds the wait if that fails.</summary>
    private SectorStep.Wait NextEpoch() => new(chain.Parameters.EpochDuration * HeadsMissed);
}
