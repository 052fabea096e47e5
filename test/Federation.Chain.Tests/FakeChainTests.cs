using Federation.Chain.Devnet;
using Federation.Chain.Testing;

namespace Federation.Chain.Tests;

public sealed class FakeChainTests : ChainContract
{
    private readonly FakeChain _chain = new(Options, seed: 1)
    {
        RefuseProof = static message => message.ProofSha256 == BadDigest ? "bad" : null,
    };

    protected override IChain Chain => _chain;

    protected override IReadOnlyList<DevnetMessage> Submitted => _chain.Messages;

    public override Task InitializeAsync() => Task.CompletedTask;

    public override Task DisposeAsync() => Task.CompletedTask;

    protected override Task AdvanceAsync(int epochs)
    {
        _chain.Advance(epochs);
        return Task.CompletedTask;
    }
}
