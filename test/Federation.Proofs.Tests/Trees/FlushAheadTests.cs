using Federation.Proofs.Trees;

namespace Federation.Proofs.Tests.Trees;

public sealed class FlushAheadTests
{
    private const long Part = 64L << 20;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public void Finish_LastPartFailed_Throws()
    {
        var flush = new FlushAhead(() => throw new IOException("no space"));
        flush.Finish(CancellationToken.None);
        flush.Add(Part);

        Assert.Equal("no space", Assert.Throws<IOException>(() => flush.Finish(CancellationToken.None)).Message);
        Assert.Throws<IOException>(() => flush.Add(Part));
    }

    [Fact]
    public async Task Add_WhileAPartIsUnderWay_BeginsTheNextOnceItIsThere()
    {
        var (count, gate) = (0, new TaskCompletionSource());
        var flush = new FlushAhead(() =>
        {
            Interlocked.Increment(ref count);
            gate.Task.GetAwaiter().GetResult();
        });
        flush.Add(Part - 1);
        flush.Add(1);
        flush.Add(Part);
        var finished = Task.Run(() => flush.Finish(CancellationToken.None));
        Assert.False(finished.IsCompleted);
        gate.SetResult();
        await finished.WaitAsync(Limit);
        Assert.Equal(1, count);

        flush.Add(1);
        flush.Finish(CancellationToken.None);
        Assert.Equal(2, count);
    }

    [Fact]
    public void Finish_Cancelled_IsNotWaitedFor()
    {
        var gate = new TaskCompletionSource();
        var flush = new FlushAhead(() => gate.Task.GetAwaiter().GetResult());
        flush.Add(Part);

        Assert.ThrowsAny<OperationCanceledException>(() => flush.Finish(new CancellationToken(canceled: true)));
        gate.SetResult();
    }
}
