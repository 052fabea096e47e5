using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Federation.Proofs.Tests;

/// <summary>
/// Time as a thread is given it: one that computes beside what is timed counts its own processor time. A machine that
/// stands still, or is busy with others, adds nothing or its share; code that goes on, or waits for something, adds
/// all.
/// </summary>
internal sealed class CoreWatch : IDisposable
{
    private const int ThreadProcessorTime = 3, SpinsBetweenLooks = 1000;

    private readonly SemaphoreSlim _started = new(0);
    private readonly Thread _thread;
    private volatile bool _ended;
    private long _ticks;

    public CoreWatch()
    {
        _thread = new Thread(Count) { IsBackground = true };
        _thread.Start();
    }

    public TimeSpan Elapsed => TimeSpan.FromTicks(Volatile.Read(ref _ticks));

    public void Start() => _started.Release();

    public void Dispose()
    {
        _ended = true;
        _started.Release();
        _thread.Join();
        _started.Dispose();
    }

    private void Count()
    {
        _started.Wait();
        var start = Now();
        while (!_ended)
        {
            Thread.SpinWait(SpinsBetweenLooks);
            Volatile.Write(ref _ticks, (Now() - start).Ticks);
        }
    }

    private static TimeSpan Now() => OperatingSystem.IsLinux() && GetTime(ThreadProcessorTime, out var time) == 0
        ? new TimeSpan(0, 0, (int)time.Seconds) + TimeSpan.FromTicks(time.Nanoseconds / TimeSpan.NanosecondsPerTick)
        : Stopwatch.GetElapsedTime(0);

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int GetTime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Time
    {
        public readonly nint Seconds, Nanoseconds;
    }
}
