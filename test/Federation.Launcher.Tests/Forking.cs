namespace Federation.Launcher.Tests;

/// <summary>
/// Tests that start processes, one class after the other: between its fork and its exec a child has whatever its parent
/// has open, so that a script which another test just wrote cannot be run yet, and a lock which it just gave back is
/// still held.
/// </summary>
[CollectionDefinition(Name)]
public sealed class Forking
{
    /// <summary>The collection's name.</summary>
    public const string Name = "processes are started";
}
