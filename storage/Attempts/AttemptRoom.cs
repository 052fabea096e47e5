namespace Federation.Storage.Attempts;

/// <summary>
/// What the running phase of an attempt may come to need: bytes of all files of its sector together. In the attempt's
/// folder while the phase runs.
/// </summary>
internal sealed record AttemptRoom(long ThroughBytes)
{
    public const string FileName = "room.json";
}
