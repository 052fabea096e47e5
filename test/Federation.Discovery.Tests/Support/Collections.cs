namespace Federation.Discovery.Tests.Support;

/// <summary>One backend of each kind serves all its suites.</summary>
[CollectionDefinition(Name)]
public sealed class EtcdSuite : ICollectionFixture<EtcdFixture>
{
    public const string Name = "etcd";
}

[CollectionDefinition(Name)]
public sealed class EmbeddedSuite : ICollectionFixture<EmbeddedFixture>
{
    public const string Name = "embedded";
}

[CollectionDefinition(Name)]
public sealed class InMemorySuite : ICollectionFixture<InMemoryFixture>
{
    public const string Name = "in memory";
}
