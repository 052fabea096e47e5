using Federation.Discovery.Tests.Support;

namespace Federation.Discovery.Tests.Conformance;

[Collection(InMemorySuite.Name)]
public sealed class InMemoryStoreContractTests(InMemoryFixture fixture) : StoreContract(fixture);

[Collection(EmbeddedSuite.Name)]
public sealed class EmbeddedStoreContractTests(EmbeddedFixture fixture) : StoreContract(fixture);

[RequiresEtcd]
[Collection(EtcdSuite.Name)]
public sealed class EtcdStoreContractTests(EtcdFixture fixture) : StoreContract(fixture);
