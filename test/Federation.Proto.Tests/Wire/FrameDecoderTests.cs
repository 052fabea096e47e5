using Federation.Proto.Tests.Support;
using Federation.Proto.Transport;
using Federation.Proto.Transport.Wire;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Federation.Proto.Tests.Wire;

public sealed class FrameDecoderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(4096)]
    [InlineData(1_000_000)]
    public void TryRead_StreamCutAnywhere_YieldsTheSameMessages(int piece)
    {
        byte[][] messages = [[], [1], [2, 3], new byte[5000], [], new byte[100_000], [9]];
        var stream = messages.SelectMany(Framed).ToArray();

        Assert.Equal(messages, Decode(stream, piece, 200_000));
    }

    [Fact]
    public void TryRead_LengthAtTheLimit_IsRead() =>
        Assert.Single(Decode(Framed(new byte[1000]), 64, 1000));

    [Fact]
    public void TryRead_LengthOverTheLimit_IsRefusedOnTheHeaderAlone()
    {
        var allocated = Allocated(() =>
        {
            var e = Assert.Throws<RpcException>(() => Decode([0, 0x7F, 0xFF, 0xFF, 0xFF], 5, 1000));
            Assert.Equal(StatusCode.ResourceExhausted, e.StatusCode);
        });

        Assert.InRange(allocated, 0, 128 * 1024);
    }

    [Fact]
    public void TryRead_LengthOfAllOnes_IsRefused() =>
        Assert.Equal(
            StatusCode.ResourceExhausted,
            Assert.Throws<RpcException>(() => Decode([0, 255, 255, 255, 255], 5, int.MaxValue)).StatusCode);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(255)]
    public void TryRead_FlagOtherThanZero_IsInternal(byte flag) =>
        Assert.Equal(
            StatusCode.Internal, Assert.Throws<RpcException>(() => Decode([flag], 1, 1000)).StatusCode);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(6)]
    public void Complete_InsideAMessage_IsInternal(int bytes) =>
        Assert.Equal(
            StatusCode.Internal,
            Assert.Throws<RpcException>(() => Decode(Framed(new byte[8])[..bytes], 3, 1000)).StatusCode);

    [Fact]
    public void GetBuffer_GreatLengthAnnounced_AllocatesForWhatArrivedOnly()
    {
        const int Announced = 32 * 1024 * 1024, Arrived = 100_000;
        byte[] stream = [0, 2, 0, 0, 0, .. new byte[Arrived]];

        var allocated = Allocated(() => Assert.Throws<RpcException>(() => Decode(stream, 16_384, Announced)));

        Assert.InRange(allocated, 0, (4 * Arrived) + (64 * 1024));
    }

    [Fact]
    public void TryRead_MutatedStreams_YieldMessagesOrOneStatusWithinTheAllocationBound()
    {
        var random = new Random(Seeds.Seed);
        for (var round = 0; round < Seeds.Cases; round++)
        {
            var stream = Mutated(random);
            var piece = random.Next(1, stream.Length + 2);
            long total = 0;
            var bound = (4 * stream.Length) + (64 * 1024);
            var allocated = Allocated(() => total = DecodedBytes(stream, piece, maxMessageBytes: 4096), bound);

            Assert.True(total <= stream.Length, $"seed {Seeds.Seed} round {round}: {total} of {stream.Length} bytes");
            Assert.True(allocated <= bound, $"seed {Seeds.Seed} round {round}: allocated {allocated}");
        }
    }

    [Fact]
    public void TryRead_RandomMessagesAndCuts_EqualProtobufsOwnReading()
    {
        var random = new Random(Seeds.Seed);
        for (var round = 0; round < Seeds.Cases / 100; round++)
        {
            var messages = Enumerable.Range(0, random.Next(1, 8)).Select(_ => RandomValue(random)).ToList();
            var stream = messages.SelectMany(message => Frame.Encode(message, null)).ToArray();

            var read = Decode(stream, random.Next(1, stream.Length + 1), 1 << 20).Select(BytesValue.Parser.ParseFrom);

            Assert.True(messages.SequenceEqual(read), $"seed {Seeds.Seed} round {round}");
        }
    }

    /// <summary>What an action allocates; asked again where it is over a bound, because the runtime's own tables, made
    /// when something is first used, count as the thread's.</summary>
    private static long Allocated(Action action, long bound = 0)
    {
        var least = long.MaxValue;
        for (var tries = 0; tries < 5 && least > bound; tries++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    private static byte[] Framed(byte[] message)
    {
        var frame = new byte[Frame.HeaderSize + message.Length];
        Frame.WriteHeader(frame, message.Length);
        message.CopyTo(frame, Frame.HeaderSize);
        return frame;
    }

    private static BytesValue RandomValue(Random random)
    {
        var bytes = new byte[random.Next(0, 6000)];
        random.NextBytes(bytes);
        return new BytesValue { Value = ByteString.CopyFrom(bytes) };
    }

    private static byte[] Mutated(Random random)
    {
        var messages = Enumerable.Range(0, random.Next(1, 4)).Select(_ => new byte[random.Next(0, 60)]);
        var stream = messages.SelectMany(Framed).ToArray();
        for (var change = random.Next(0, 4); change > 0; change--)
        {
            stream[random.Next(stream.Length)] = (byte)random.Next(256);
        }

        return stream[..random.Next(0, stream.Length + 1)];
    }

    private static long DecodedBytes(byte[] stream, int piece, int maxMessageBytes)
    {
        try
        {
            return Decode(stream, piece, maxMessageBytes).Sum(message => (long)message.Length);
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.Internal or StatusCode.ResourceExhausted)
        {
            return 0;
        }
    }

    private static List<byte[]> Decode(byte[] stream, int piece, int maxMessageBytes)
    {
        var decoder = new FrameDecoder(maxMessageBytes);
        var messages = new List<byte[]>();
        for (var offset = 0; offset < stream.Length;)
        {
            var buffer = decoder.GetBuffer();
            Assert.False(buffer.IsEmpty);
            var count = Math.Min(Math.Min(piece, buffer.Length), stream.Length - offset);
            stream.AsSpan(offset, count).CopyTo(buffer.Span);
            decoder.Advance(count);
            offset += count;
            while (decoder.TryRead(out var message))
            {
                messages.Add(message.ToArray());
            }
        }

        decoder.Complete();
        return messages;
    }
}
