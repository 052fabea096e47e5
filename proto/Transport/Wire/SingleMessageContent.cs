using System.Net;
using Google.Protobuf;

namespace Federation.Proto.Transport.Wire;

/// <summary>The body of a call with one request.</summary>
internal sealed class SingleMessageContent : HttpContent
{
    private readonly byte[] _frame;

    public SingleMessageContent(IMessage message, int? maxMessageBytes) =>
        _frame = Frame.Encode(message, maxMessageBytes);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        stream.WriteAsync(_frame, cancellationToken).AsTask();

    /// <summary>Unknown on purpose: a length header is not needed and costs bytes on each call.</summary>
    protected override bool TryComputeLength(out long length)
    {
        length = -1;
        return false;
    }
}
