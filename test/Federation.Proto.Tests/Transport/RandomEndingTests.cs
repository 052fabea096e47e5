using Federation.Proto.Tests.Support;
using Federation.Proto.Transport;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging;

namespace Federation.Proto.Tests.Transport;

/// <summary>Many calls at once that end in every way: each as was allowed, and no handler is left over.</summary>
public sealed class RandomEndingTests
{
    private const int Calls = 3000;
    private const int AtOnce = 64;

    private int _running;

    [Fact]
    public async Task Calls_EndedAtRandom_EachEndsAsAllowedAndTheChannelGoesOn()
    {
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(Counted()));
        await using var proxy = new TcpProxy(server.Address);
        using var channel = Channels.To(proxy.Address);

        await Parallel.ForEachAsync(
            Enumerable.Range(0, Calls),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (number, _) =>
            {
                if (number % 500 == 250)
                {
                    proxy.Cut();
                }

                await OneAsync(channel, new Random(Seeds.Seed + number), number);
            }).WaitAsync(TimeSpan.FromMinutes(5));

        await Bounds.BecomesTrueAsync(() => Volatile.Read(ref _running) == 0);
        await channel.Unary(ScriptedMethods.One, ScriptedMethods.Text("on")).ResponseAsync.Bounded();
        Assert.DoesNotContain(server.Log.Lines, line => line.Level >= LogLevel.Error
            && line.Text.Contains("failed", StringComparison.Ordinal));
    }

    private static async Task OneAsync(RpcChannel channel, Random random, int number)
    {
        using var source = new CancellationTokenSource();
        var timeout = random.Next(4) == 0 ? TimeSpan.FromMilliseconds(random.Next(0, 20)) : Bounds.Limit;
        using var call = channel.Duplex(ScriptedMethods.Chat, new CallOptions(null, timeout, source.Token));
        var cancelled = false;
        var disposed = false;
        try
        {
            for (var step = random.Next(1, 8); step > 0; step--)
            {
                await call.RequestStream.WriteAsync(ScriptedMethods.Sized(random.Next(0, 20_000))).Bounded();
                (cancelled, disposed) = Interfere(random, source, call, cancelled, disposed);
                Assert.True(await call.ResponseStream.MoveNext().Bounded());
            }

            await call.RequestStream.CompleteAsync().Bounded();
            Assert.False(await call.ResponseStream.MoveNext().Bounded());
            Assert.Equal(Status.OK, call.GetStatus());
        }
        catch (OperationCanceledException)
        {
            Assert.True(cancelled, $"seed {Seeds.Seed} call {number}: cancelled by nobody");
        }
        catch (RpcException e)
        {
            // A cut of the proxy may hit any call.
            var allowed = e.StatusCode == StatusCode.Unavailable
                || (e.StatusCode == StatusCode.DeadlineExceeded && timeout < Bounds.Limit)
                || (e.StatusCode == StatusCode.Cancelled && disposed);
            Assert.True(allowed, $"seed {Seeds.Seed} call {number}: {e.Status}");
        }
    }

    private static (bool Cancelled, bool Disposed) Interfere(
        Random random,
        CancellationTokenSource source,
        DuplexCall<BytesValue, BytesValue> call,
        bool cancelled,
        bool disposed)
    {
        switch (random.Next(8))
        {
            case 0:
                source.Cancel();
                return (true, disposed);
            case 1:
                call.Dispose();
                return (cancelled, true);
            default:
                return (cancelled, disposed);
        }
    }

    private ScriptedService Counted() => new()
    {
        Chat = async (requests, responses, context) =>
        {
            Interlocked.Increment(ref _running);
            try
            {
                while (await requests.MoveNext(context.CancellationToken))
                {
                    await responses.WriteAsync(requests.Current, context.CancellationToken);
                }
            }
            finally
            {
                Interlocked.Decrement(ref _running);
            }
        },
    };
}
