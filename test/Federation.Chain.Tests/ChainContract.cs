using Federation.Chain.Devnet;
using Federation.Chain.Messages;

namespace Federation.Chain.Tests;

/// <summary>What every <see cref="IChain"/> keeps to; run against the devnet and the fake.</summary>
public abstract class ChainContract : IAsyncLifetime
{
    protected const ulong Miner = 1000;
    protected const string ZeroPiece = "baga6ea4seaqpy7usqklokfx2vxuynmupslkeutzexe2uqurdg5vhtebhxqmpqmy";
    protected static readonly string Digest = new('a', 64);

    protected static readonly TimeSpan Bound = TimeSpan.FromMinutes(5);

    protected static readonly DevnetOptions Options = new()
    {
        SeedDelay = 4, TicketLookback = 1, MaxTicketAge = 20, MaxProveCommitDuration = 30,
    };

    public static TheoryData<string> WrongPreCommits =>
        ["miner", "future-ticket", "old-ticket", "negative-ticket", "comm-d", "pieces", "no-pieces", "proof-type",
            "comm-r", "expired"];

    protected abstract IChain Chain { get; }

    /// <summary>Proofs with this digest are bad.</summary>
    protected static string BadDigest { get; } = new('b', 64);

    public abstract Task InitializeAsync();

    public abstract Task DisposeAsync();

    protected abstract Task AdvanceAsync(int epochs);

    protected abstract IReadOnlyList<DevnetMessage> Submitted { get; }

    protected static PreCommitMessage PreCommit(ulong sector = 7, ulong nonce = 0, long ticketEpoch = 0) => new(
        Miner, sector, nonce, "5", Filled(0x11), CommD, ticketEpoch, [new ChainPiece(2048, ZeroPiece)], 100_000);

    protected static ProveCommitMessage Commit(ulong sector = 7, ulong nonce = 1, string? digest = null) =>
        new(Miner, sector, nonce, "vanilla", digest ?? Digest);

    protected static byte[] CommD { get; } =
        Convert.FromHexString("fc7e928296e516faade986b28f92d44a4f24b935485223376a799027bc18f833");

    protected static byte[] Filled(byte value) => [.. Enumerable.Repeat(value, 32)];

    protected async Task<long> PreCommittedAsync(ulong sector = 7)
    {
        var outcome = await Chain.PushAsync(PreCommit(sector), default);
        Assert.Null(outcome.Refused);
        await AdvanceAsync(1);
        return (await Chain.SectorAsync(sector, default)).PreCommitEpoch
            ?? throw new InvalidOperationException("not landed");
    }

    [Fact]
    public async Task Heads_FirstRead_YieldsThePresentOneAndThenLater()
    {
        await AdvanceAsync(2);
        await using var heads = Chain.HeadsAsync(default).GetAsyncEnumerator();
        Assert.True(await heads.MoveNextAsync().AsTask().WaitAsync(Bound));
        var first = heads.Current;
        Assert.True(first.Epoch >= 2);
        var next = heads.MoveNextAsync().AsTask();
        await AdvanceAsync(1);
        Assert.True(await next.WaitAsync(Bound));
        Assert.True(heads.Current.Epoch > first.Epoch);
        Assert.StartsWith("bafy2bzace", heads.Current.TipSet, StringComparison.Ordinal);
        Assert.NotEqual(first.TipSet, heads.Current.TipSet);
    }

    [Fact]
    public async Task Randomness_EpochNotReached_IsNullAndThenFixed()
    {
        Assert.Null(await Chain.RandomnessAsync(RandomnessPurpose.Seed, 3, default));
        Assert.Null(await Chain.RandomnessAsync(RandomnessPurpose.Seed, -1, default));
        await AdvanceAsync(3);
        var seed = await Chain.RandomnessAsync(RandomnessPurpose.Seed, 3, default);
        await AdvanceAsync(2);
        Assert.Equal(seed, await Chain.RandomnessAsync(RandomnessPurpose.Seed, 3, default));
        Assert.NotEqual(seed, await Chain.RandomnessAsync(RandomnessPurpose.Ticket, 3, default));
        Assert.NotEqual(seed, await Chain.RandomnessAsync(RandomnessPurpose.Seed, 2, default));
    }

    [Fact]
    public async Task Push_GoodPreCommit_IsPendingThenIncludedInTheNextEpoch()
    {
        await AdvanceAsync(1);
        var message = PreCommit();
        var outcome = await Chain.PushAsync(message, default);
        Assert.Null(outcome.Refused);
        Assert.Equal(ChainMessageCodec.Cid(message), outcome.MessageCid);
        var pending = await Chain.SearchAsync(outcome.MessageCid, default);
        Assert.NotNull(pending);
        Assert.Null(pending.Epoch);
        Assert.Null((await Chain.SectorAsync(7, default)).PreCommitEpoch);

        await AdvanceAsync(1);
        var landed = await Chain.SearchAsync(outcome.MessageCid, default);
        Assert.Equal(ExitCode.Ok, landed?.ExitCode);
        var sector = await Chain.SectorAsync(7, default);
        Assert.Equal(landed?.Epoch, sector.PreCommitEpoch);
        Assert.Equal(outcome.MessageCid, sector.PreCommitMessage);
        Assert.Equal(message.CommR, sector.CommR);
        Assert.Null(sector.ActivationEpoch);
    }

    [Fact]
    public async Task Push_SameMessageTwice_IsOneMessage()
    {
        await AdvanceAsync(1);
        var first = await Chain.PushAsync(PreCommit(), default);
        var second = await Chain.PushAsync(PreCommit(), default);
        await AdvanceAsync(1);
        var third = await Chain.PushAsync(PreCommit(), default);
        Assert.Equal(first, second);
        Assert.Equal(first, third);
        var only = Assert.Single(Submitted);
        Assert.Equal(3, only.Submissions);
        Assert.Equal(ExitCode.Ok, only.ExitCode);
    }

    [Fact]
    public async Task Push_ProofOfAnotherKind_IsRefusedInOneSentenceAndCounted()
    {
        await AdvanceAsync(1);
        await PreCommittedAsync();
        await AdvanceAsync((int)Options.SeedDelay + 1);

        var refused = await Chain.PushAsync(Commit() with { ProofKind = "groth16" }, default);

        Assert.Contains("this network takes vanilla proofs, not 'groth16'", refused.Refused, StringComparison.Ordinal);
        Assert.Single(Submitted, static message => message.Refused is not null);
        Assert.Null((await Chain.PushAsync(Commit(), default)).Refused);
    }

    [Fact]
    public async Task Search_UnknownMessage_IsNull() =>
        Assert.Null(await Chain.SearchAsync(ChainMessageCodec.Cid(PreCommit()), default));

    [Fact]
    public async Task Push_SecondPreCommitOfASector_IsRefusedAndCounted()
    {
        await AdvanceAsync(1);
        await PreCommittedAsync();
        var outcome = await Chain.PushAsync(PreCommit(nonce: 9), default);
        Assert.Contains("already allocated", outcome.Refused, StringComparison.Ordinal);
        Assert.Null(await Chain.SearchAsync(outcome.MessageCid, default));
        Assert.Equal(2, Submitted.Count);
        Assert.Single(Submitted, static message => message.Refused is not null);
    }

    [Fact]
    public async Task Push_TwoPreCommitsOfASectorInOneEpoch_OneSucceeds()
    {
        await AdvanceAsync(1);
        var first = await Chain.PushAsync(PreCommit(), default);
        var second = await Chain.PushAsync(PreCommit(nonce: 9), default);
        await AdvanceAsync(1);
        Assert.Equal(ExitCode.Ok, (await Chain.SearchAsync(first.MessageCid, default))?.ExitCode);
        Assert.Equal(ExitCode.IllegalArgument, (await Chain.SearchAsync(second.MessageCid, default))?.ExitCode);
        Assert.Equal(first.MessageCid, (await Chain.SectorAsync(7, default)).PreCommitMessage);
    }

    [Theory]
    [MemberData(nameof(WrongPreCommits))]
    public async Task Push_WrongPreCommit_IsRefused(string wrong)
    {
        await AdvanceAsync(30);
        var good = PreCommit(ticketEpoch: 25);
        var (message, words) = wrong switch
        {
            "miner" => (good with { Miner = 1001 }, "not found"),
            "future-ticket" => (good with { TicketEpoch = 1_000 }, "must be before now"),
            "old-ticket" => (good with { TicketEpoch = 2 }, "too old"),
            "negative-ticket" => (good with { TicketEpoch = -1 }, "must be before now"),
            "comm-d" => (good with { CommD = Filled(0x22) }, "does not match pieces"),
            "pieces" => (good with { Pieces = [new ChainPiece(1024, ZeroPiece)] }, "does not match pieces"),
            "no-pieces" => (good with { Pieces = [] }, "no pieces"),
            "proof-type" => (good with { SealProof = "99" }, "unsupported seal proof"),
            "comm-r" => (good with { CommR = new byte[32] }, "sealed CID"),
            _ => (good with { Expiration = 5 }, "must be after now"),
        };
        var outcome = await Chain.PushAsync(message, default);
        Assert.Contains(words, outcome.Refused, StringComparison.Ordinal);
        Assert.Null((await Chain.PushAsync(good, default)).Refused);
    }

    [Fact]
    public async Task Push_CommitBeforeItsSeed_IsRefused()
    {
        await AdvanceAsync(1);
        await PreCommittedAsync();
        var outcome = await Chain.PushAsync(Commit(), default);
        Assert.Contains("too early", outcome.Refused, StringComparison.Ordinal);
        await AdvanceAsync((int)Options.SeedDelay);
        Assert.Null((await Chain.PushAsync(Commit(), default)).Refused);
    }

    [Fact]
    public async Task Push_CommitWithoutPreCommit_IsRefused() =>
        Assert.Contains("no precommitted sector", (await Chain.PushAsync(Commit(), default)).Refused,
            StringComparison.Ordinal);

    [Fact]
    public async Task Push_CommitWithABadProof_IsRefusedAndAGoodOneActivates()
    {
        await AdvanceAsync(1);
        await PreCommittedAsync();
        await AdvanceAsync((int)Options.SeedDelay);
        Assert.NotNull((await Chain.PushAsync(Commit(digest: BadDigest), default)).Refused);
        var outcome = await Chain.PushAsync(Commit(nonce: 2), default);
        Assert.Null(outcome.Refused);
        await AdvanceAsync(1);
        var sector = await Chain.SectorAsync(7, default);
        Assert.Equal(outcome.MessageCid, sector.CommitMessage);
        Assert.Equal(100_000, sector.Expiration);
        Assert.NotNull(sector.ActivationEpoch);
        Assert.Contains("already proven", (await Chain.PushAsync(Commit(nonce: 3), default)).Refused,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Push_CommitOfAnExpiredPreCommit_IsRefused()
    {
        await AdvanceAsync(1);
        await PreCommittedAsync();
        await AdvanceAsync((int)Options.MaxProveCommitDuration + 1);
        Assert.Contains("too late", (await Chain.PushAsync(Commit(), default)).Refused, StringComparison.Ordinal);
    }
}
