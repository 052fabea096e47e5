using System.Globalization;
using System.Text;

namespace Federation.Toml;

/// <summary>Reads integers and floats from the token that holds one.</summary>
internal static class TomlNumber
{
    /// <summary>The number, or null and what is wrong with the token.</summary>
    internal static TomlValue? Read(ReadOnlySpan<byte> token, TomlPosition position, out string? problem)
    {
        if (token is [(byte)'0', (byte)'x' or (byte)'o' or (byte)'b', ..])
        {
            return ReadPrefixed(token, position, out problem);
        }

        var unsigned = token[0] is (byte)'+' or (byte)'-' ? token[1..] : token;
        if (unsigned.SequenceEqual("inf"u8) || unsigned.SequenceEqual("nan"u8))
        {
            problem = null;
            var magnitude = unsigned[0] == 'i' ? double.PositiveInfinity : double.NaN;
            return new TomlFloat(token[0] == '-' ? -magnitude : magnitude, position);
        }

        var whole = TakeDigits(unsigned);
        var rest = unsigned[whole..];
        if (whole == 0 || (whole > 1 && unsigned[0] == '0') || !TryTakeFractionAndExponent(ref rest) || !rest.IsEmpty)
        {
            problem = whole > 1 && unsigned[0] == '0' && rest.IsEmpty
                ? $"\"{Text(token)}\" has a leading zero, which TOML does not allow"
                : $"\"{Text(token)}\" is not a value; a string must stand in quotes";
            return null;
        }

        return whole == unsigned.Length
            ? ReadDecimal(token, position, out problem)
            : ReadFloat(token, position, out problem);
    }

    private static TomlInteger? ReadDecimal(ReadOnlySpan<byte> token, TomlPosition position, out string? problem)
    {
        var valid = long.TryParse(
            Digits(token), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n);
        problem = valid ? null : $"the integer {Text(token)} does not fit in 64 bits";
        return valid ? new TomlInteger(n, position) : null;
    }

    private static TomlFloat? ReadFloat(ReadOnlySpan<byte> token, TomlPosition position, out string? problem)
    {
        var n = double.Parse(Digits(token), NumberStyles.Float, CultureInfo.InvariantCulture);
        problem = double.IsFinite(n) ? null : $"the float {Text(token)} is larger than a 64-bit float can be";
        return problem is null ? new TomlFloat(n, position) : null;
    }

    private static TomlInteger? ReadPrefixed(ReadOnlySpan<byte> token, TomlPosition position, out string? problem)
    {
        var (radix, name) = token[1] switch
        {
            (byte)'x' => (16, "hexadecimal"),
            (byte)'o' => (8, "octal"),
            _ => (2, "binary"),
        };
        var digits = token[2..];
        if (digits.IsEmpty || TakeDigits(digits, radix) != digits.Length)
        {
            problem = $"\"{Text(token)}\" is not {(radix == 8 ? "an" : "a")} {name} integer";
            return null;
        }

        UInt128 n = 0;
        foreach (var c in Digits(digits))
        {
            n = (n * (uint)radix) + (uint)AsciiHex.ValueOf(c);
            if (n > long.MaxValue)
            {
                problem = $"the integer {Text(token)} does not fit in 64 bits";
                return null;
            }
        }

        problem = null;
        return new TomlInteger((long)n, position);
    }

    private static bool TryTakeFractionAndExponent(ref ReadOnlySpan<byte> rest)
    {
        if (rest is [(byte)'.', ..])
        {
            var fraction = TakeDigits(rest[1..]);
            if (fraction == 0)
            {
                return false;
            }

            rest = rest[(1 + fraction)..];
        }

        if (rest is [(byte)'e' or (byte)'E', ..])
        {
            var sign = rest is [_, (byte)'+' or (byte)'-', ..] ? 1 : 0;
            var exponent = TakeDigits(rest[(1 + sign)..]);
            if (exponent == 0)
            {
                return false;
            }

            rest = rest[(1 + sign + exponent)..];
        }

        return true;
    }

    /// <summary>The length of a run of digits with single underscores between them; 0 when it is malformed.</summary>
    private static int TakeDigits(ReadOnlySpan<byte> text, int radix = 10)
    {
        var length = 0;
        while (length < text.Length && (AsciiHex.ValueOf((char)text[length]) < radix || text[length] == '_'))
        {
            length++;
        }

        var run = text[..length];
        var malformed = run.StartsWith("_"u8) || run.EndsWith("_"u8) || run.IndexOf("__"u8) >= 0;
        return malformed ? 0 : length;
    }

    private static string Digits(ReadOnlySpan<byte> token) => Text(token).Replace("_", "", StringComparison.Ordinal);

    private static string Text(ReadOnlySpan<byte> token) => Encoding.ASCII.GetString(token);
}
