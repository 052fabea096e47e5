namespace Federation.Proofs.Tests;

public class ChunkedWorkTests
{
    [Fact]
    public void Run_OnManyThreads_StoresChunksInTheirOrder()
    {
        const int chunks = 200;
        var stored = new List<long>();
        ChunkedWork.Run(
            chunks,
            64,
            new SealOptions { Threads = 7 },
            (chunk, buffer) => buffer[0] = (byte)chunk,
            (chunk, buffer) =>
            {
                Assert.Equal((byte)chunk, buffer[0]);
                stored.Add(chunk);
            },
            CancellationToken.None);
        Assert.Equal(Enumerable.Range(0, chunks).Select(chunk => (long)chunk), stored);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_ChunkThatFails_EndsTheOthersAndIsThrown(bool whileStoring)
    {
        void Fail(long chunk, bool storing)
        {
            if (chunk == 40 && storing == whileStoring)
            {
                throw new InvalidDataException("forty");
            }
        }

        var failure = Assert.Throws<InvalidDataException>(() => ChunkedWork.Run(
            1000,
            64,
            new SealOptions { Threads = 5 },
            (chunk, _) => Fail(chunk, false),
            (chunk, _) => Fail(chunk, true),
            CancellationToken.None));
        Assert.Equal("forty", failure.Message);
    }

    // No more buffers than half of the memory holds: with one there is one chunk at a time.
    [Fact]
    public void Run_MemoryForOneBuffer_ComputesOneChunkAtATime()
    {
        var options = new SealOptions { Threads = 4, MemoryBytes = SealOptions.MinimumMemoryBytes };
        int running = 0, most = 0;
        ChunkedWork.Run(
            20,
            (int)(SealOptions.MinimumMemoryBytes / 2),
            options,
            (_, _) => most = Math.Max(most, Interlocked.Increment(ref running)),
            (_, _) => Interlocked.Decrement(ref running),
            CancellationToken.None);
        Assert.Equal(1, most);
    }

    [Fact]
    public void Run_CancelledWhileOthersWait_Throws()
    {
        using var cancellation = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => ChunkedWork.Run(
            1000,
            64,
            new SealOptions { Threads = 5 },
            (chunk, _) =>
            {
                if (chunk == 30)
                {
                    cancellation.Cancel();
                }
            },
            (_, _) => { },
            cancellation.Token));
    }
}
