using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Federation.Proto.Tests.Support;

/// <summary>An HTTP/2 client that sends whatever frames a test wants, as an attacker would.</summary>
internal sealed class RawHttp2 : IAsyncDisposable
{
    private readonly TcpClient _client;
    private readonly NetworkStream _stream;

    private RawHttp2(TcpClient client)
    {
        _client = client;
        _stream = client.GetStream();
    }

    public enum FrameType : byte
    {
        Data = 0,
        Headers = 1,
        ResetStream = 3,
        Settings = 4,
        Ping = 6,
        GoAway = 7,
        Continuation = 9,
    }

    public static async Task<RawHttp2> ConnectAsync(Uri server)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, server.Port).Bounded();
        var raw = new RawHttp2(client);
        await raw.SendAsync(Encoding.ASCII.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
        await raw.SendAsync(Frame(FrameType.Settings, 0, 0, []));
        return raw;
    }

    public static byte[] Frame(FrameType type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        (frame[3], frame[4]) = ((byte)type, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsSpan(9));
        return frame;
    }

    /// <summary>The headers of a call, in HPACK without tables or Huffman.</summary>
    public static byte[] CallHeaders(string path) =>
    [
        0x83, 0x86, .. Literal([0x04], path), .. Literal([0x01], "localhost"),
        .. Literal([0x0F, 0x10], "application/grpc"), .. Literal([0x00, 2, (byte)'t', (byte)'e'], "trailers"),
    ];

    /// <summary>Sends bytes; false once the server has closed the connection.</summary>
    public async Task<bool> SendAsync(byte[] bytes)
    {
        try
        {
            await _stream.WriteAsync(bytes).AsTask().Bounded();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Reads until the server closes and returns the error codes of the GOAWAY frames that came.</summary>
    public async Task<List<int>> ReadToCloseAsync()
    {
        var codes = new List<int>();
        var header = new byte[9];
        try
        {
            while (true)
            {
                await _stream.ReadExactlyAsync(header).AsTask().Bounded();
                var payload = new byte[BinaryPrimitives.ReadInt32BigEndian(header) >> 8];
                await _stream.ReadExactlyAsync(payload).AsTask().Bounded();
                if (header[3] == (byte)FrameType.GoAway)
                {
                    codes.Add(BinaryPrimitives.ReadInt32BigEndian(payload.AsSpan(4)));
                }
            }
        }
        catch (Exception e) when (e is IOException or EndOfStreamException)
        {
            return codes;
        }
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return default;
    }

    private static byte[] Literal(byte[] name, string value) =>
        [.. name, (byte)value.Length, .. Encoding.ASCII.GetBytes(value)];
}
