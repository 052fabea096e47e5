using System.Buffers.Text;

namespace Federation.Proto.Transport.Wire;

/// <summary>
/// Metadata as header values: bytes go as base64 without padding and are accepted with or without it.
/// </summary>
internal static class MetadataCodec
{
    public static string EncodeValue(MetadataEntry entry) =>
        entry.Bytes is { } bytes ? Convert.ToBase64String(bytes.Span).TrimEnd('=') : entry.Text!;

    /// <summary>
    /// Adds a received header unless it belongs to the transport. A value of a <c>-bin</c> key may hold several items
    /// joined by commas; one that is no base64 is left out.
    /// </summary>
    public static void AddReceived(Metadata metadata, string name, string value)
    {
        var key = name.ToLowerInvariant();
        if (ReservedHeaders.Contains(key))
        {
            return;
        }

        if (!Metadata.IsBinary(key))
        {
            metadata.AddReceived(new MetadataEntry(key, value, null));
            return;
        }

        foreach (var part in value.Split(',', StringSplitOptions.TrimEntries))
        {
            if (TryDecodeBase64(part, out var bytes))
            {
                metadata.AddReceived(new MetadataEntry(key, null, bytes));
            }
        }
    }

    private static bool TryDecodeBase64(string text, out byte[] bytes)
    {
        var unpadded = text.TrimEnd('=');
        var padded = unpadded.PadRight((unpadded.Length + 3) / 4 * 4, '=');
        bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(padded.Length)];
        var valid = Convert.TryFromBase64String(padded, bytes, out var written);
        Array.Resize(ref bytes, valid ? written : 0);
        return valid;
    }
}
