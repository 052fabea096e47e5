namespace Federation.Worker.Tests;

/// <summary>
/// Time as a chain of plain timers has it beside what is measured: where the machine stands still, so does it.
/// </summary>
internal sealed class Ticks
{
    private static readonly TimeSpan Each = TimeSpan.FromMilliseconds(20);

    private int _count;
    private volatile bool _isOver;

    public TimeSpan Passed => Volatile.Read(ref _count) * Each;

    public void Start() => _ = CountAsync();

    public void Stop() => _isOver = true;

    private async Task CountAsync()
    {
        while (!_isOver)
        {
            await Task.Delay(Each);
            if (!_isOver)
            {
                Interlocked.Increment(ref _count);
            }
        }
    }
}
