using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Federation.Chain.Devnet;
using Federation.Chain.Messages;

namespace Federation.Chain.Testing;

/// <summary>
/// A chain in memory whose epochs a test moves by hand and whose faults a test chooses. It has the devnet's rules, and
/// takes the proofs that <see cref="RefuseProof"/> lets pass. Thread-safe.
/// </summary>
public sealed class FakeChain : IChain
{
    private readonly Lock _gate = new();
    private readonly DevnetLedger _ledger;
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A chain at epoch 0.</summary>
    public FakeChain(DevnetOptions options, int seed)
    {
        var secret = SHA256.HashData(BitConverter.GetBytes(seed));
        _ledger = new DevnetLedger(new GenesisRecord(GenesisRecord.CurrentVersion, secret, 0, options));
        Parameters = options.ToParameters();
    }

    /// <inheritdoc/>
    public ChainParameters Parameters { get; }

    /// <summary>The present epoch.</summary>
    public long Epoch
    {
        get
        {
            lock (_gate)
            {
                return _ledger.Head;
            }
        }
    }

    /// <summary>Called before every call; throws what the test wants the call to fail with.</summary>
    public Action<string>? BeforeCall { get; set; }

    /// <summary>Called after a push was applied; what it throws loses the answer, not the push.</summary>
    public Action? AfterPush { get; set; }

    /// <summary>Judges a commit's proof; null = it is good.</summary>
    public Func<ProveCommitMessage, string?>? RefuseProof { get; set; }

    /// <summary>Gives a pending message an exit code that the rules would not; null = the rules decide.</summary>
    public Func<ChainMessage, int?>? ForceExit { get; set; }

    /// <summary>Everything that was submitted.</summary>
    public IReadOnlyList<DevnetMessage> Messages
    {
        get
        {
            lock (_gate)
            {
                return [.. _ledger.Messages];
            }
        }
    }

    /// <summary>Moves on by some epochs, a block in each.</summary>
    public void Advance(int epochs = 1)
    {
        for (var step = 0; step < epochs; step++)
        {
            lock (_gate)
            {
                var epoch = _ledger.Head + 1;
                if (_ledger.NextBlock(epoch, ForceExit) is { } block)
                {
                    _ledger.Apply(block);
                }

                _ledger.AdvanceTo(epoch);
                _moved.SetResult();
                _moved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<ChainHead> HeadAsync(CancellationToken cancellationToken)
    {
        BeforeCall?.Invoke(nameof(HeadAsync));
        lock (_gate)
        {
            return new(new ChainHead(_ledger.Head, _ledger.TipSet(_ledger.Head)));
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChainHead> HeadsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            ChainHead head;
            Task moved;
            lock (_gate)
            {
                (head, moved) = (new ChainHead(_ledger.Head, _ledger.TipSet(_ledger.Head)), _moved.Task);
            }

            yield return head;
            await moved.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public ValueTask<byte[]?> RandomnessAsync(
        RandomnessPurpose purpose, long epoch, CancellationToken cancellationToken)
    {
        BeforeCall?.Invoke(nameof(RandomnessAsync));
        lock (_gate)
        {
            return new(epoch >= 0 && epoch <= _ledger.Head ? _ledger.Randomness(purpose, epoch) : null);
        }
    }

    /// <inheritdoc/>
    public Task<PushOutcome> PushAsync(ChainMessage message, CancellationToken cancellationToken)
    {
        BeforeCall?.Invoke(nameof(PushAsync));
        var encoding = ChainMessageCodec.Encode(message);
        var cid = ChainCid.Of(encoding);
        string? refused;
        lock (_gate)
        {
            var known = _ledger.Message(cid) is { Refused: null };
            var verdict = known
                ? Verdict.Ok
                : DevnetRules.Check(message, _ledger.Sector(message.Sector), _ledger.Head + 1, _ledger.Options);
            refused = verdict.Error;
            if (!known && refused is null && message is ProveCommitMessage commit)
            {
                refused = RefuseProof?.Invoke(commit);
            }

            _ledger.Apply(refused is null
                ? new PushRecord(_ledger.Head, encoding)
                : new RefusalRecord(_ledger.Head, encoding, ExitCode.IllegalArgument, refused));
        }

        AfterPush?.Invoke();
        return Task.FromResult(new PushOutcome(cid, refused));
    }

    /// <inheritdoc/>
    public Task<MessageLookup?> SearchAsync(string messageCid, CancellationToken cancellationToken)
    {
        BeforeCall?.Invoke(nameof(SearchAsync));
        lock (_gate)
        {
            return Task.FromResult(_ledger.Message(messageCid) is { Refused: null } known
                ? new MessageLookup(known.Cid, known.Epoch, known.TipSet, known.ExitCode, known.Error)
                : null);
        }
    }

    /// <inheritdoc/>
    public Task<OnChainSector> SectorAsync(ulong sector, CancellationToken cancellationToken)
    {
        BeforeCall?.Invoke(nameof(SectorAsync));
        lock (_gate)
        {
            return Task.FromResult(_ledger.Sector(sector).View());
        }
    }
}
