using System.Globalization;
using System.Text;

namespace Federation.Proto.Transport.Wire;

/// <summary>The encoding of <c>grpc-message</c>: UTF-8, bytes outside 0x20-0x7E and '%' written as %XX.</summary>
internal static class PercentEncoding
{
    /// <summary>A longer text is cut: headers are limited, and no peer needs more to understand.</summary>
    public const int MaxTextBytes = 2048;

    public static string Encode(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var encoded = new StringBuilder(bytes.Length);
        foreach (var value in bytes.AsSpan(0, Math.Min(bytes.Length, MaxTextBytes)))
        {
            if (value is >= 0x20 and <= 0x7E and not (byte)'%')
            {
                encoded.Append((char)value);
            }
            else
            {
                encoded.Append('%').Append(HexDigit(value >> 4)).Append(HexDigit(value & 0xF));
            }
        }

        return encoded.ToString();
    }

    /// <summary>Reads any text: what is no escape stays as it is, what is no UTF-8 becomes U+FFFD.</summary>
    public static string Decode(string encoded)
    {
        if (!encoded.Contains('%', StringComparison.Ordinal))
        {
            return encoded;
        }

        var source = Encoding.UTF8.GetBytes(encoded);
        var length = 0;
        for (var i = 0; i < source.Length; i++)
        {
            var value = source[i];
            if (value == '%' && TryEscape(source.AsSpan(i + 1), out var escaped))
            {
                value = escaped;
                i += 2;
            }

            source[length++] = value;
        }

        return Encoding.UTF8.GetString(source, 0, length);
    }

    private static bool TryEscape(ReadOnlySpan<byte> rest, out byte value)
    {
        value = 0;
        return rest.Length >= 2
            && byte.TryParse(rest[..2], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    private static char HexDigit(int value) => (char)(value < 10 ? '0' + value : 'A' + value - 10);
}
