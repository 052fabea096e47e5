namespace Federation.Chain.Devnet;

/// <summary>
/// Epochs from time: the wall clock places a start, the monotonic clock counts from there, so a clock that is set while
/// the devnet runs changes nothing, and one that was set back in between moves genesis instead of the head.
/// </summary>
internal sealed class DevnetClock
{
    private readonly TimeProvider _time;
    private readonly long _startTimestamp;
    private readonly TimeSpan _ageAtStart;
    private readonly TimeSpan _epoch;

    private DevnetClock(TimeProvider time, TimeSpan ageAtStart, TimeSpan epoch)
    {
        (_time, _ageAtStart, _epoch) = (time, ageAtStart, epoch);
        _startTimestamp = time.GetTimestamp();
    }

    private TimeSpan Age => _ageAtStart + _time.GetElapsedTime(_startTimestamp);

    public static DevnetClock Resume(DevnetLedger ledger, TimeProvider time, out ResumeRecord record)
    {
        var epoch = ledger.Options.EpochDuration;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var age = TimeSpan.FromMilliseconds(now - ledger.GenesisUnixMs);
        if (age < ledger.Head * epoch)
        {
            age = ledger.Head * epoch;
        }

        record = new ResumeRecord((long)(age / epoch), now - (long)age.TotalMilliseconds);
        return new DevnetClock(time, age, epoch);
    }

    public long Epoch() => (long)(Age / _epoch);

    public async Task NextAsync(long epoch, CancellationToken cancellationToken)
    {
        var wait = (epoch * _epoch) - Age;
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, _time, cancellationToken);
        }
    }
}
