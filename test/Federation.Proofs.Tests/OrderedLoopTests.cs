namespace Federation.Proofs.Tests;

public sealed class OrderedLoopTests
{
    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 4)]
    [InlineData(1000, 1)]
    [InlineData(1000, 4)]
    public void Run_Pieces_AreTakenInOrderFromTheirBuffers(int count, int threads)
    {
        var taken = new List<long>();
        OrderedLoop<long[]>.Run(
            count,
            threads,
            () => new long[1],
            (piece, buffer) => buffer[0] = piece * piece,
            (piece, buffer) => taken.Add(buffer[0] - (piece * piece) + piece),
            CancellationToken.None);

        Assert.Equal(Enumerable.Range(0, count).Select(one => (long)one), taken);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_OnePieceFails_ItsFailureEndsAll(bool making)
    {
        var taken = 0;
        var run = Task.Run(() => OrderedLoop<int>.Run(
            1000,
            4,
            () => 0,
            (piece, _) => FailAt(making, piece),
            (piece, _) =>
            {
                FailAt(!making, piece);
                taken++;
            },
            CancellationToken.None));

        await Assert.ThrowsAsync<InvalidDataException>(() => run.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.True(taken <= 100, $"{taken} pieces were taken though the hundredth failed");
    }

    [Fact]
    public async Task Run_Cancelled_Ends()
    {
        using var stop = new CancellationTokenSource();
        var run = Task.Run(() => OrderedLoop<int>.Run(
            long.MaxValue, 4, () => 0, (_, _) => { }, (_, _) => stop.Cancel(), stop.Token));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    private static void FailAt(bool here, long piece)
    {
        if (here && piece == 100)
        {
            throw new InvalidDataException("piece 100");
        }
    }
}
