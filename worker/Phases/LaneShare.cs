namespace Federation.Worker.Phases;

/// <summary>A place among sectors that are labelled in lockstep.</summary>
/// <param name="Group">What all of them name.</param>
/// <param name="Count">How many they are.</param>
public sealed record LaneShare(string Group, int Count)
{
    /// <summary>Most sectors that go in lockstep: the lanes of the widest vectors.</summary>
    public const int Most = 16;
}
