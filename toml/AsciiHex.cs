namespace Federation.Toml;

/// <summary>Hexadecimal digits in ASCII.</summary>
internal static class AsciiHex
{
    /// <summary>The digit's value, or a number above any radix.</summary>
    internal static int ValueOf(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => int.MaxValue,
    };

    /// <summary>Whether each byte is a hexadecimal digit.</summary>
    internal static bool IsAll(ReadOnlySpan<byte> text)
    {
        foreach (var b in text)
        {
            if (!char.IsAsciiHexDigit((char)b))
            {
                return false;
            }
        }

        return true;
    }
}
