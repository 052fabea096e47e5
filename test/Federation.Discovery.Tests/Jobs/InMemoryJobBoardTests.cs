using Federation.Discovery.Tests.Support;

namespace Federation.Discovery.Tests.Jobs;

public sealed class InMemoryJobBoardTests(InMemoryFixture fixture)
    : JobBoardContract(fixture), IClassFixture<InMemoryFixture>;
