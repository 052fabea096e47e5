namespace Federation.Integration.Tests;

/// <summary>Tests that run whole federations do so one after the other: each needs the machine.</summary>
[CollectionDefinition(nameof(Federations), DisableParallelization = true)]
public sealed class Federations;
