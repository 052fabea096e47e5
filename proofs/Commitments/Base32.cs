namespace Federation.Proofs.Commitments;

/// <summary>RFC 4648 base32, lower case, without padding; decodes the canonical form only.</summary>
internal static class Base32
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private const int BitsPerDigit = 5;
    private const int BitsPerByte = 8;

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var digits = new char[((bytes.Length * BitsPerByte) + BitsPerDigit - 1) / BitsPerDigit];
        int buffer = 0, bits = 0, position = 0;
        foreach (byte value in bytes)
        {
            buffer = (buffer << BitsPerByte) | value;
            for (bits += BitsPerByte; bits >= BitsPerDigit; bits -= BitsPerDigit)
            {
                digits[position++] = Alphabet[(buffer >> (bits - BitsPerDigit)) & 31];
            }

            buffer &= (1 << bits) - 1;
        }

        if (bits > 0)
        {
            digits[position] = Alphabet[(buffer << (BitsPerDigit - bits)) & 31];
        }

        return new string(digits);
    }

    /// <summary>False for other characters, impossible lengths, and bits behind the last byte that are not
    /// zero.</summary>
    public static bool TryDecode(ReadOnlySpan<char> digits, out byte[] bytes)
    {
        bytes = [];
        var decoded = new byte[digits.Length * BitsPerDigit / BitsPerByte];
        int buffer = 0, bits = 0, position = 0;
        foreach (char digit in digits)
        {
            int value = Alphabet.IndexOf(digit);
            if (value < 0)
            {
                return false;
            }

            buffer = (buffer << BitsPerDigit) | value;
            bits += BitsPerDigit;
            if (bits >= BitsPerByte)
            {
                bits -= BitsPerByte;
                decoded[position++] = (byte)(buffer >> bits);
                buffer &= (1 << bits) - 1;
            }
        }

        if (bits >= BitsPerDigit || buffer != 0)
        {
            return false;
        }

        bytes = decoded;
        return true;
    }
}
