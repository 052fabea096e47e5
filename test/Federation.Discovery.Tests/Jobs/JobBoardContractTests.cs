using Federation.Discovery.Tests.Support;

namespace Federation.Discovery.Tests.Jobs;

[Collection(InMemorySuite.Name)]
public sealed class InMemoryJobBoardTests(InMemoryFixture fixture) : JobBoardContract(fixture);

[Collection(EmbeddedSuite.Name)]
public sealed class EmbeddedJobBoardTests(EmbeddedFixture fixture) : JobBoardContract(fixture);

[RequiresEtcd]
[Collection(EtcdSuite.Name)]
public sealed class EtcdJobBoardTests(EtcdFixture fixture) : JobBoardContract(fixture);
