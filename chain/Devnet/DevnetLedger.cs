using System.Buffers.Binary;
using System.Text;
using Federation.Chain.Messages;
using Federation.Proofs.Blake2b;

namespace Federation.Chain.Devnet;

/// <summary>
/// The devnet's state as its records add up to it: pure, in memory, no clock and no files. Not thread-safe: its owner
/// serialises calls.
/// </summary>
internal sealed class DevnetLedger(GenesisRecord genesis)
{
    public const string PreCommitName = "PreCommitSector", ProveCommitName = "ProveCommitSector";

    private readonly Dictionary<string, DevnetMessage> _messages = [];
    private readonly List<(string Cid, ChainMessage Message)> _pending = [];
    private readonly Dictionary<ulong, DevnetSector> _sectors = [];

    public DevnetOptions Options { get; } = genesis.Options;

    public long GenesisUnixMs { get; private set; } = genesis.GenesisUnixMs;

    public long Head { get; private set; }

    public IReadOnlyCollection<DevnetMessage> Messages => _messages.Values;

    public DevnetMessage? Message(string cid) => _messages.GetValueOrDefault(cid);

    public DevnetSector Sector(ulong number) => _sectors.GetValueOrDefault(number) ?? DevnetSector.None;

    public string TipSet(long epoch) => ChainCid.Of(Draw("tipset", epoch));

    public byte[] Randomness(RandomnessPurpose purpose, long epoch) =>
        Draw(purpose == RandomnessPurpose.Ticket ? "ticket" : "seed", epoch);

    /// <summary>The block that the next epoch makes of what is pending; null when that is nothing.</summary>
    public BlockRecord? NextBlock(long epoch, Func<ChainMessage, int?>? forceExit = null)
    {
        if (_pending.Count == 0)
        {
            return null;
        }

        // Messages see what those before them did: two of one sector in one block do not both succeed.
        var touched = new Dictionary<ulong, DevnetSector>();
        var receipts = new List<BlockReceipt>(_pending.Count);
        foreach (var (cid, message) in _pending)
        {
            var sector = touched.GetValueOrDefault(message.Sector) ?? Sector(message.Sector);
            var verdict = forceExit?.Invoke(message) is { } forced
                ? new Verdict(forced, "forced by the test")
                : DevnetRules.Check(message, sector, epoch, Options);
            receipts.Add(new BlockReceipt(cid, verdict.ExitCode, verdict.Error));
            if (verdict.ExitCode == ExitCode.Ok)
            {
                touched[message.Sector] = sector.After(message, cid, epoch);
            }
        }

        return new BlockRecord(epoch, receipts);
    }

    public void AdvanceTo(long epoch) => Head = Math.Max(Head, epoch);

    public void Apply(DevnetRecord record)
    {
        switch (record)
        {
            case ResumeRecord resume:
                GenesisUnixMs = resume.GenesisUnixMs;
                AdvanceTo(resume.Epoch);
                break;
            case PushRecord push:
                Submit(push.Message, push.Epoch, ExitCode.Ok, refused: null);
                break;
            case RefusalRecord refusal:
                Submit(refusal.Message, refusal.Epoch, refusal.ExitCode, refusal.Reason);
                break;
            case BlockRecord block:
                Include(block);
                break;
            default:
                throw new InvalidDataException($"The devnet's log holds a {record.GetType().Name} where none belongs.");
        }
    }

    private void Submit(byte[] encoding, long epoch, int exitCode, string? refused)
    {
        var message = ChainMessageCodec.Decode(encoding);
        var cid = ChainCid.Of(encoding);
        AdvanceTo(epoch);
        if (_messages.TryGetValue(cid, out var known))
        {
            // A message refused before may be taken later; one that was taken stays taken.
            var taken = known.Refused is not null && refused is null;
            _messages[cid] = (taken ? known with { Refused = null, ExitCode = ExitCode.Ok, Error = null } : known)
                with { Submissions = known.Submissions + 1 };
            if (taken)
            {
                _pending.Add((cid, message));
            }

            return;
        }

        var method = message is PreCommitMessage ? PreCommitName : ProveCommitName;
        _messages.Add(cid, new DevnetMessage(
            cid, method, message.Sector, epoch, 1, refused, null, null, exitCode, refused));
        if (refused is null)
        {
            _pending.Add((cid, message));
        }
    }

    private void Include(BlockRecord block)
    {
        var tipSet = TipSet(block.Epoch);
        foreach (var receipt in block.Receipts)
        {
            var index = _pending.FindIndex(pending => pending.Cid == receipt.Message);
            if (index < 0)
            {
                throw new InvalidDataException(
                    $"Block {block.Epoch} of the devnet includes {receipt.Message}, which nobody pushed.");
            }

            var message = _pending[index].Message;
            _pending.RemoveAt(index);
            _messages[receipt.Message] = _messages[receipt.Message] with
            {
                Epoch = block.Epoch, TipSet = tipSet, ExitCode = receipt.ExitCode, Error = receipt.Error,
            };
            if (receipt.ExitCode == ExitCode.Ok)
            {
                _sectors[message.Sector] = Sector(message.Sector).After(message, receipt.Message, block.Epoch);
            }
        }

        AdvanceTo(block.Epoch);
    }

    private byte[] Draw(string purpose, long epoch)
    {
        var input = new byte[Encoding.ASCII.GetByteCount(purpose) + (2 * sizeof(ulong))];
        BinaryPrimitives.WriteInt64LittleEndian(input, epoch);
        BinaryPrimitives.WriteUInt64LittleEndian(input.AsSpan(sizeof(ulong)), Options.Miner);
        Encoding.ASCII.GetBytes(purpose, input.AsSpan(2 * sizeof(ulong)));
        var output = new byte[32];
        Blake2bHash.Hash(input, output, genesis.Secret);
        return output;
    }
}
