using Federation.Chain.Messages;
using Federation.Proofs;
using Microsoft.Extensions.Logging;

namespace Federation.Chain.Devnet;

public sealed partial class DevnetChain
{
    /// <inheritdoc/>
    public async Task<PushOutcome> PushAsync(ChainMessage message, CancellationToken cancellationToken)
    {
        var encoding = ChainMessageCodec.Encode(message);
        var cid = ChainCid.Of(encoding);
        if (TryRepeat(cid, encoding))
        {
            return new PushOutcome(cid, null);
        }

        var verdict = CheckNow(message, out var statement);
        if (verdict.ExitCode == ExitCode.Ok && statement is not null
            && await _verifier.RefusalAsync(statement, cancellationToken) is { } refusal)
        {
            verdict = new Verdict(ExitCode.IllegalArgument, $"invalid seal proof: {refusal}");
        }

        lock (_gate)
        {
            if (verdict.ExitCode == ExitCode.Ok)
            {
                // Verification takes its time; the rules are asked again of the head that the message goes to.
                verdict = DevnetRules.Check(message, _ledger.Sector(message.Sector), _ledger.Head + 1, _ledger.Options);
            }

            DevnetRecord record = verdict.ExitCode == ExitCode.Ok
                ? new PushRecord(_ledger.Head, encoding)
                : new RefusalRecord(_ledger.Head, encoding, verdict.ExitCode, verdict.Error ?? "");
            _log.Append(record);
            _ledger.Apply(record);
        }

        return new PushOutcome(cid, verdict.ExitCode == ExitCode.Ok
            ? null
            : $"message execution failed: exit {ExitCode.Name(verdict.ExitCode)}, {verdict.Error}");
    }

    private bool TryRepeat(string cid, byte[] encoding)
    {
        lock (_gate)
        {
            if (_ledger.Message(cid) is not { Refused: null })
            {
                return false;
            }

            var record = new PushRecord(_ledger.Head, encoding);
            _log.Append(record);
            _ledger.Apply(record);
            return true;
        }
    }

    private Verdict CheckNow(ChainMessage message, out ProofStatement? statement)
    {
        lock (_gate)
        {
            statement = null;
            var sector = _ledger.Sector(message.Sector);
            var verdict = DevnetRules.Check(message, sector, _ledger.Head + 1, _ledger.Options);
            if (verdict.ExitCode == ExitCode.Ok && message is ProveCommitMessage commit)
            {
                statement = Statement(commit, sector);
            }

            return verdict;
        }
    }

    private ProofStatement Statement(ProveCommitMessage commit, DevnetSector sector)
    {
        var preCommit = sector.PreCommit
            ?? throw new InvalidOperationException("A commit passed without its pre-commit.");
        if (!SealProofText.TryParse(preCommit.SealProof, out var config))
        {
            throw new InvalidOperationException($"A pre-commit with seal proof '{preCommit.SealProof}' passed.");
        }

        var seedEpoch = DevnetRules.SeedEpoch(sector.PreCommitEpoch ?? 0, _ledger.Options);
        return new ProofStatement(
            config, commit.Miner, commit.Sector, new Bytes32(preCommit.CommR), new Bytes32(preCommit.CommD),
            new Bytes32(_ledger.Randomness(RandomnessPurpose.Ticket, preCommit.TicketEpoch)),
            new Bytes32(_ledger.Randomness(RandomnessPurpose.Seed, seedEpoch)), commit.ProofKind, commit.ProofSha256);
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        await Task.Yield();
        try
        {
            while (true)
            {
                await _clock.NextAsync(HeadNow() + 1, stopping);
                if (!TryAdvance())
                {
                    // The next epoch is the retry: a disk that is full may have room by then.
                    await _clock.NextAsync(_clock.Epoch() + 1, stopping);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }

    private long HeadNow()
    {
        lock (_gate)
        {
            return _ledger.Head;
        }
    }

    private bool TryAdvance()
    {
        lock (_gate)
        {
            var epoch = _clock.Epoch();
            if (epoch <= _ledger.Head)
            {
                return true;
            }

            try
            {
                if (_ledger.NextBlock(epoch) is { } block)
                {
                    _log.Append(block);
                    _ledger.Apply(block);
                }
            }
            catch (IOException error)
            {
                LogBlockNotWritten(epoch, error);
                return false;
            }

            _ledger.AdvanceTo(epoch);
            var head = HeadUnderGate();
            _followers.ForEach(follower => follower.Writer.TryWrite(head));
            return true;
        }
    }

    [LoggerMessage(2001, LogLevel.Error, "the devnet's block {Epoch} could not be written; its messages stay pending")]
    private partial void LogBlockNotWritten(long epoch, Exception error);
}
