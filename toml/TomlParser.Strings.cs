using System.Globalization;
using System.Text;

namespace Federation.Toml;

/// <summary>This part knows the four string notations.</summary>
internal ref partial struct TomlParser
{
    private string ReadString() => Current == '"'
        ? _text[_at..].StartsWith("\"\"\""u8) ? ReadMultiline('"') : ReadBasicString()
        : _text[_at..].StartsWith("'''"u8) ? ReadMultiline('\'') : ReadLiteralString();

    private string ReadBasicString()
    {
        var start = _at++;
        var builder = new StringBuilder();
        var run = _at;
        while (true)
        {
            RequireStringByte(start);
            if (Current == '"')
            {
                builder.Append(Encoding.UTF8.GetString(_text[run.._at++]));
                return builder.ToString();
            }

            if (Current == '\\')
            {
                builder.Append(Encoding.UTF8.GetString(_text[run.._at]));
                ReadEscape(builder);
                run = _at;
            }
            else
            {
                _at++;
            }
        }
    }

    private string ReadLiteralString()
    {
        var start = _at++;
        while (true)
        {
            RequireStringByte(start);
            if (Current == '\'')
            {
                return Encoding.UTF8.GetString(_text[(start + 1).._at++]);
            }

            _at++;
        }
    }

    private string ReadMultiline(char quote)
    {
        var start = _at;
        _at += 3;
        if (AtNewline)
        {
            SkipNewline();
        }

        var builder = new StringBuilder();
        var run = _at;
        while (true)
        {
            if (AtEnd)
            {
                throw Error(start, "this string is never closed");
            }

            if (Current == quote && QuoteRun(quote) is >= 3 and var quotes)
            {
                return CloseMultiline(builder, run, quotes);
            }

            if (Current == '\\' && quote == '"')
            {
                builder.Append(Encoding.UTF8.GetString(_text[run.._at]));
                ReadMultilineEscape(builder);
                run = _at;
            }
            else
            {
                SkipMultilineByte();
            }
        }
    }

    /// <summary>Up to two quotes may stand directly before the closing three and belong to the string.</summary>
    private string CloseMultiline(StringBuilder builder, int run, int quotes)
    {
        var own = Math.Min(quotes - 3, 2);
        builder.Append(Encoding.UTF8.GetString(_text[run..(_at + own)]));
        _at += own + 3;
        return builder.ToString();
    }

    private readonly int QuoteRun(char quote)
    {
        var length = _text[_at..].IndexOfAnyExcept((byte)quote);
        return length < 0 ? _text.Length - _at : length;
    }

    private void SkipMultilineByte()
    {
        if (AtNewline)
        {
            SkipNewline();
            return;
        }

        if (IsControl(Current))
        {
            throw Error(_at, $"a string may not hold the control character U+{Current:X4}; write it as an escape");
        }

        _at++;
    }

    private void RequireStringByte(int start)
    {
        if (AtEnd || AtNewline)
        {
            throw Error(start, "this string is not closed on its line");
        }

        if (IsControl(Current))
        {
            throw Error(_at, $"a string may not hold the control character U+{Current:X4}; write it as an escape");
        }
    }

    /// <summary>A backslash that ends a line removes that line end and all blanks up to the next character.</summary>
    private void ReadMultilineEscape(StringBuilder builder)
    {
        var escape = _at++;
        SkipBlanks();
        if (!AtNewline)
        {
            _at = escape;
            ReadEscape(builder);
            return;
        }

        while (AtNewline || Current is (byte)' ' or (byte)'\t')
        {
            _at += Current == '\r' ? 2 : 1;
        }
    }

    private void ReadEscape(StringBuilder builder)
    {
        var escape = _at;
        _at += 2;
        switch (escape + 1 < _text.Length ? _text[escape + 1] : 0)
        {
            case 'b': builder.Append('\b'); break;
            case 't': builder.Append('\t'); break;
            case 'n': builder.Append('\n'); break;
            case 'f': builder.Append('\f'); break;
            case 'r': builder.Append('\r'); break;
            case '"': builder.Append('"'); break;
            case '\\': builder.Append('\\'); break;
            case 'u': builder.Append(ReadCodePoint(escape, 4)); break;
            case 'U': builder.Append(ReadCodePoint(escape, 8)); break;
            default: throw Error(escape, $"\"\\\" with {Describe(escape + 1)} after it is no escape sequence");
        }
    }

    private string ReadCodePoint(int escape, int digits)
    {
        var hex = _text[_at..Math.Min(_at + digits, _text.Length)];
        var isHex = hex.Length == digits && AsciiHex.IsAll(hex);
        var value = isHex ? uint.Parse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : 0;
        if (!isHex || !Rune.TryCreate(value, out var rune))
        {
            throw Error(escape, $"this escape needs {digits} hexadecimal digits that name a Unicode scalar value");
        }

        _at += digits;
        return rune.ToString();
    }
}
