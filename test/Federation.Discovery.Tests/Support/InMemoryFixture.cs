using Federation.Discovery.Store;
using Federation.Discovery.Testing;

namespace Federation.Discovery.Tests.Support;

public sealed class InMemoryFixture : StoreFixture
{
    public override IStore Store { get; } = new InMemoryStore();
}
