using System.Buffers.Binary;
using Google.Protobuf;

namespace Federation.Proto.Transport.Wire;

/// <summary>The five bytes before each message: compressed flag and big-endian length.</summary>
internal static class Frame
{
    public const int HeaderSize = 5;

    public static void WriteHeader(Span<byte> destination, int messageBytes)
    {
        destination[0] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(destination[1..], (uint)messageBytes);
    }

    /// <summary>A message with its header in one array. Throws <see cref="RpcException"/> over the limit.</summary>
    public static byte[] Encode(IMessage message, int? maxMessageBytes)
    {
        var size = CheckedSize(message, maxMessageBytes);
        var frame = new byte[HeaderSize + size];
        WriteHeader(frame, size);
        message.WriteTo(frame.AsSpan(HeaderSize));
        return frame;
    }

    public static int CheckedSize(IMessage message, int? maxMessageBytes)
    {
        var size = message.CalculateSize();
        return maxMessageBytes is { } limit && size > limit
            ? throw new RpcException(
                StatusCode.ResourceExhausted,
                $"{message.Descriptor.Name} of {size} bytes is over the sending limit of {limit} bytes.")
            : size;
    }
}
