using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Federation.Chain.Devnet;

/// <summary>
/// The embedded devnet: one miner, one block per epoch, messages included in the epoch after their push. It checks what
/// a chain checks, and a sector's proof in full. Its log survives restarts; epochs in which it was down are null
/// rounds.
/// </summary>
public sealed partial class DevnetChain : IChain, IAsyncDisposable
{
    private const int SecretSize = 32;

    private readonly DevnetLog _log;
    private readonly DevnetLedger _ledger;
    private readonly IProofVerifier _verifier;
    private readonly DevnetClock _clock;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Channel<ChainHead>> _followers = [];
    private readonly Task _loop;

    private DevnetChain(DevnetLog log, DevnetLedger ledger, IProofVerifier verifier, DevnetClock clock, ILogger logger)
    {
        _log = log;
        _ledger = ledger;
        _verifier = verifier;
        _clock = clock;
        _logger = logger;
        Parameters = ledger.Options.ToParameters();
        _loop = RunAsync(_stopping.Token);
    }

    /// <inheritdoc/>
    public ChainParameters Parameters { get; }

    /// <summary>Opens the devnet of a folder, or makes one there with the options given.</summary>
    /// <param name="directory">Folder of its log; created when missing.</param>
    /// <param name="options">Constants of a new devnet; an existing one keeps its own.</param>
    /// <param name="verifier">Judge of proofs.</param>
    /// <param name="time">Clock.</param>
    /// <param name="logger">Where block production reports trouble.</param>
    /// <exception cref="InvalidDataException">The log is damaged, or the devnet is another miner's.</exception>
    public static DevnetChain Open(
        string directory, DevnetOptions options, IProofVerifier verifier, TimeProvider time, ILogger logger)
    {
        var log = DevnetLog.Open(Path.Combine(directory, "chain.log"), out var records);
        try
        {
            if (records.Count == 0)
            {
                records.Add(NewGenesis(options, time));
                log.Append(records[0]);
            }

            var ledger = Replay(records, options.Miner, directory);
            var clock = DevnetClock.Resume(ledger, time, out var resume);
            log.Append(resume);
            ledger.Apply(resume);
            return new DevnetChain(log, ledger, verifier, clock, logger);
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<ChainHead> HeadAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return new(HeadUnderGate());
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChainHead> HeadsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var heads = Channel.CreateBounded<ChainHead>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        lock (_gate)
        {
            heads.Writer.TryWrite(HeadUnderGate());
            _followers.Add(heads);
        }

        try
        {
            await foreach (var head in heads.Reader.ReadAllAsync(cancellationToken))
            {
                yield return head;
            }
        }
        finally
        {
            lock (_gate)
            {
                _followers.Remove(heads);
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<byte[]?> RandomnessAsync(
        RandomnessPurpose purpose, long epoch, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return new(epoch >= 0 && epoch <= _ledger.Head ? _ledger.Randomness(purpose, epoch) : null);
        }
    }

    /// <inheritdoc/>
    public Task<MessageLookup?> SearchAsync(string messageCid, CancellationToken cancellationToken)
    {
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
        lock (_gate)
        {
            return Task.FromResult(_ledger.Sector(sector).View());
        }
    }

    /// <summary>Everything that was ever submitted, in order of submission; of one sector or of all.</summary>
    public IReadOnlyList<DevnetMessage> Messages(ulong? sector = null)
    {
        lock (_gate)
        {
            return [.. _ledger.Messages.Where(message => sector is null || message.Sector == sector)];
        }
    }

    /// <summary>Counts of all that was ever submitted.</summary>
    public DevnetStatistics Statistics()
    {
        lock (_gate)
        {
            return DevnetStatistics.Count(_ledger.Head, _ledger.Messages);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _loop;
        lock (_gate)
        {
            _followers.ForEach(static follower => follower.Writer.TryComplete());
            _log.Dispose();
        }

        _stopping.Dispose();
    }

    private ChainHead HeadUnderGate() => new(_ledger.Head, _ledger.TipSet(_ledger.Head));

    private static GenesisRecord NewGenesis(DevnetOptions options, TimeProvider time) => new(
        GenesisRecord.CurrentVersion, RandomNumberGenerator.GetBytes(SecretSize),
        time.GetUtcNow().ToUnixTimeMilliseconds(), options);

    private static DevnetLedger Replay(List<DevnetRecord> records, ulong miner, string directory)
    {
        if (records[0] is not GenesisRecord { Version: GenesisRecord.CurrentVersion } genesis)
        {
            throw new InvalidDataException($"{directory} holds no devnet of a version that this miner knows.");
        }

        if (genesis.Options.Miner != miner)
        {
            throw new InvalidDataException(
                $"{directory} holds the devnet of t0{genesis.Options.Miner}, this miner is t0{miner}: delete that "
                + "folder or use its miner.");
        }

        try
        {
            var ledger = new DevnetLedger(genesis);
            records.Skip(1).ToList().ForEach(ledger.Apply);
            return ledger;
        }
        catch (FormatException error)
        {
            throw new InvalidDataException(
                $"{directory} holds a message that this miner does not know: use the version that wrote it.", error);
        }
    }
}
