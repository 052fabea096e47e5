using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Federation.Proto.Transport.Wire;

/// <summary>Reads a client's headers and writes a server's.</summary>
internal static class ServerHeaders
{
    public static Metadata ToMetadata(IHeaderDictionary headers)
    {
        var metadata = new Metadata();
        foreach (var (name, values) in headers)
        {
            foreach (var value in values)
            {
                MetadataCodec.AddReceived(metadata, name, value ?? string.Empty);
            }
        }

        return metadata;
    }

    public static void Append(IHeaderDictionary headers, Metadata metadata)
    {
        foreach (var entry in metadata)
        {
            headers.Append(entry.Key, MetadataCodec.EncodeValue(entry));
        }
    }

    /// <summary>
    /// Writes the status: as trailers, or as headers when nothing was sent, which makes an answer of trailers only.
    /// </summary>
    public static void WriteStatus(HttpResponse response, Status status, Metadata trailers, bool hasMessages)
    {
        Action<string, string> add = hasMessages || response.HasStarted
            ? (name, value) => response.AppendTrailer(name, value)
            : (name, value) => response.Headers.Append(name, value);
        add(HeaderNames.Status, ((int)status.Code).ToString(CultureInfo.InvariantCulture));
        if (status.Detail.Length > 0)
        {
            add(HeaderNames.Message, PercentEncoding.Encode(status.Detail));
        }

        foreach (var entry in trailers)
        {
            add(entry.Key, MetadataCodec.EncodeValue(entry));
        }
    }
}
