using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Federation.Toml;

/// <summary>A cursor over a document; this part knows characters, lines and errors.</summary>
internal ref partial struct TomlParser
{
    private readonly ReadOnlySpan<byte> _text;
    private readonly string _sourceName;
    private int _at;

    // Positions are asked for in rising order, so counting on from the last answer keeps one long line linear.
    private int _knownAt;
    private TomlPosition _known = new(1, 1);

    internal TomlParser(ReadOnlySpan<byte> text, string sourceName)
    {
        _text = text;
        _sourceName = sourceName;
        RequireUtf8();
    }

    private readonly bool AtEnd => _at >= _text.Length;

    private readonly byte Current => _at < _text.Length ? _text[_at] : (byte)0;

    private readonly bool AtNewline => Current == '\n' || _text[_at..].StartsWith("\r\n"u8);

    private TomlPosition Here => PositionOf(_at);

    private void RequireUtf8()
    {
        for (var rest = _text; !System.Text.Unicode.Utf8.IsValid(rest);)
        {
            while (Rune.DecodeFromUtf8(rest, out _, out var length) == System.Buffers.OperationStatus.Done)
            {
                rest = rest[length..];
            }

            throw Error(_text.Length - rest.Length, $"the byte 0x{rest[0]:X2} is not valid UTF-8");
        }
    }

    private TomlPosition PositionOf(int offset)
    {
        var (from, line, column) = offset >= _knownAt ? (_knownAt, _known.Line, _known.Column) : (0, 1, 1);
        foreach (var b in _text[from..offset])
        {
            if (b == '\n')
            {
                line++;
                column = 1;
            }
            else if ((b & 0xC0) != 0x80)
            {
                column++;
            }
        }

        _knownAt = offset;
        return _known = new TomlPosition(line, column);
    }

    private TomlException Error(int offset, string problem) => new(_sourceName, PositionOf(offset), problem);

    /// <summary>Names what stands at an offset, for "expected X but found Y".</summary>
    private readonly string Describe(int offset)
    {
        if (offset >= _text.Length)
        {
            return "the end of the document";
        }

        Rune.DecodeFromUtf8(_text[offset..], out var rune, out _);
        return rune.Value switch
        {
            '\n' or '\r' => "the end of the line",
            '"' => "a double quote",
            _ when Rune.IsControl(rune) || Rune.IsWhiteSpace(rune) => $"U+{rune.Value:X4}",
            _ => $"\"{rune}\"",
        };
    }

    [DoesNotReturn]
    private void ThrowExpected(string what) => throw Error(_at, $"expected {what} but found {Describe(_at)}");

    private void Expect(char c, string what)
    {
        if (Current != c)
        {
            ThrowExpected(what);
        }

        _at++;
    }

    private void SkipBlanks()
    {
        while (Current is (byte)' ' or (byte)'\t')
        {
            _at++;
        }
    }

    /// <summary>Skips a comment up to its line's end, when one starts here.</summary>
    private void SkipComment()
    {
        if (Current != '#')
        {
            return;
        }

        while (!AtEnd && !AtNewline)
        {
            if (IsControl(Current))
            {
                throw Error(_at, $"a comment may not hold the control character {Describe(_at)}");
            }

            _at++;
        }
    }

    /// <summary>Skips blanks, comments and line ends, as between the items of an array.</summary>
    private void SkipBlankLines()
    {
        while (true)
        {
            SkipBlanks();
            SkipComment();
            if (!AtNewline)
            {
                return;
            }

            SkipNewline();
        }
    }

    private void SkipNewline() => _at += Current == '\r' ? 2 : 1;

    /// <summary>Requires that nothing but a comment is left on this line, and moves past the line.</summary>
    private void EndLine(string after)
    {
        SkipBlanks();
        SkipComment();
        if (AtEnd)
        {
            return;
        }

        if (!AtNewline)
        {
            ThrowExpected($"the end of the line after {after}");
        }

        SkipNewline();
    }

    private static bool IsControl(byte b) => b is < 0x20 and not (byte)'\t' or 0x7F;
}
