namespace Federation.Launcher.Wan;

/// <summary>
/// Finds out how much flows while no sector moves: keepalives above all. It takes the longest time
/// without a change that was seen; the reading that comes with the change is not part of it. Used by one task at a
/// time.
/// </summary>
internal sealed class IdleGauge(TimeProvider time)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(4);

    private (long At, long Bytes)? _first;
    private TimeSpan _longest;
    private double _rate;

    /// <summary>Bytes per second, all agents together; null when nothing stood still for long enough.</summary>
    public double? BytesPerSecond => _longest >= Shortest ? _rate : null;

    /// <summary>Takes a reading.</summary>
    /// <param name="bytes">Bytes so far, proofs aside.</param>
    /// <param name="hasChanged">Whether a sector has moved since the last reading.</param>
    public void Read(long bytes, bool hasChanged)
    {
        if (hasChanged || _first is null)
        {
            _first = (time.GetTimestamp(), bytes);
            return;
        }

        var quiet = time.GetElapsedTime(_first.Value.At);
        if (quiet > _longest)
        {
            _longest = quiet;
            _rate = (bytes - _first.Value.Bytes) / quiet.TotalSeconds;
        }
    }
}
