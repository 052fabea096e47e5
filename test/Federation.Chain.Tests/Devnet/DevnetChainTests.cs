using Federation.Chain.Devnet;
using Federation.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Federation.Chain.Tests.Devnet;

public sealed class DevnetChainTests : ChainContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("devnet").FullName;
    private readonly ManualTime _time = new();
    private readonly Verifier _verifier = new();
    private DevnetChain _chain = null!;

    protected override IChain Chain => _chain;

    protected override IReadOnlyList<DevnetMessage> Submitted => _chain.Messages();

    public override Task InitializeAsync()
    {
        Start();
        return Task.CompletedTask;
    }

    public override async Task DisposeAsync()
    {
        await _chain.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    protected override async Task AdvanceAsync(int epochs)
    {
        var target = _chain.Statistics().Epoch + epochs;
        await _time.ArmedAsync().WaitAsync(Bound);
        while (_chain.Statistics().Epoch < target && _time.Next is { } next)
        {
            _time.Advance(next - _time.Elapsed);
            await _time.ArmedAsync().WaitAsync(Bound);
        }
    }

    [Fact]
    public async Task Open_AfterAStop_KeepsSectorsMessagesAndRandomness()
    {
        await AdvanceAsync(2);
        var landed = await PreCommittedAsync();
        await _chain.PushAsync(PreCommit(nonce: 5), default);
        var pending = await _chain.PushAsync(PreCommit(sector: 8), default);
        var (ticket, before) = (await Ticket(2), _chain.Messages());

        await RestartAsync(downFor: TimeSpan.FromSeconds(100));

        Assert.Equal(ticket, await Ticket(2));
        Assert.Equal(landed, (await _chain.SectorAsync(7, default)).PreCommitEpoch);
        Assert.Equal(before, _chain.Messages());
        Assert.True(_chain.Statistics().Epoch >= 100);
        await AdvanceAsync(1);
        Assert.True((await _chain.SearchAsync(pending.MessageCid, default))?.Epoch > 100);
    }

    [Fact]
    public async Task Open_WallClockSetBack_HeadNeverGoesBack()
    {
        await AdvanceAsync(5);
        await PreCommittedAsync();
        var head = _chain.Statistics().Epoch;
        await RestartAsync(downFor: TimeSpan.FromHours(-1));
        Assert.True(_chain.Statistics().Epoch >= head);
        await AdvanceAsync(1);
    }

    [Fact]
    public async Task Open_OptionsChanged_KeepsItsOwn()
    {
        await _chain.DisposeAsync();
        _chain = DevnetChain.Open(
            _folder, Options with { SeedDelay = 99 }, _verifier, _time, NullLogger.Instance);
        Assert.Equal(Options.SeedDelay, _chain.Parameters.SeedDelay);
    }

    [Fact]
    public async Task Open_AnotherMiner_Refuses()
    {
        await _chain.DisposeAsync();
        Assert.Throws<InvalidDataException>(() => DevnetChain.Open(
            _folder, Options with { Miner = 1001 }, _verifier, _time, NullLogger.Instance));
        Start();
    }

    [Fact]
    public async Task Push_Commit_AsksTheVerifierForTheStatementOnChain()
    {
        await AdvanceAsync(1);
        var landed = await PreCommittedAsync();
        await AdvanceAsync((int)Options.SeedDelay);
        await _chain.PushAsync(Commit(), default);
        var statement = Assert.Single(_verifier.Asked);
        Assert.Equal(await Ticket(0), statement.Ticket.ToArray());
        Assert.Equal(
            await _chain.RandomnessAsync(RandomnessPurpose.Seed, landed + Options.SeedDelay, default),
            statement.Seed.ToArray());
        Assert.Equal(Filled(0x11), statement.CommR.ToArray());
        Assert.Equal(CommD, statement.CommD.ToArray());
        Assert.Equal((5, 1000UL, 7UL, Digest),
            (statement.Config.RegisteredSealProof, statement.Miner, statement.Sector, statement.ProofSha256));
    }

    [Fact]
    public async Task Statistics_AfterMixedTraffic_CountsEveryKind()
    {
        await AdvanceAsync(1);
        await PreCommittedAsync();
        await _chain.PushAsync(PreCommit(), default);
        await _chain.PushAsync(PreCommit(nonce: 9), default);
        await AdvanceAsync((int)Options.SeedDelay);
        await _chain.PushAsync(Commit(), default);
        var statistics = _chain.Statistics();
        Assert.Equal((2, 1, 1, 0, 1, 1), (statistics.PreCommits, statistics.ProveCommits, statistics.Refused,
            statistics.Failed, statistics.Pending, statistics.Repeated));
        await AdvanceAsync(1);
        Assert.Equal((0, 1), (_chain.Statistics().Pending, _chain.Statistics().ActiveSectors));
    }

    private Task<byte[]?> Ticket(long epoch) =>
        _chain.RandomnessAsync(RandomnessPurpose.Ticket, epoch, default).AsTask();

    private async Task RestartAsync(TimeSpan downFor)
    {
        await _chain.DisposeAsync();
        _time.SetWallClock(downFor);
        Start();
    }

    private void Start() =>
        _chain = DevnetChain.Open(_folder, Options, _verifier, _time, NullLogger.Instance);

    private sealed class Verifier : IProofVerifier
    {
        public List<ProofStatement> Asked { get; } = [];

        public ValueTask<string?> RefusalAsync(ProofStatement statement, CancellationToken cancellationToken)
        {
            Asked.Add(statement);
            return new(statement.ProofSha256 == BadDigest ? "bad" : null);
        }
    }
}
