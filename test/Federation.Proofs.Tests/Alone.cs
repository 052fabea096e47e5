namespace Federation.Proofs.Tests;

/// <summary>Tests that look at the whole process, and so run when no others do.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
