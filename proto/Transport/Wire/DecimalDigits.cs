using System.Globalization;

namespace Federation.Proto.Transport.Wire;

/// <summary>Numbers as headers hold them: ASCII digits and nothing else.</summary>
internal static class DecimalDigits
{
    /// <summary>Reads a number; unlike the library's own parsing takes no NUL after the digits.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out uint value)
    {
        value = 0;
        return !text.ContainsAnyExceptInRange('0', '9')
            && uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }
}
