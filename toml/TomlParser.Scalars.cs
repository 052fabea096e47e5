namespace Federation.Toml;

/// <summary>This part knows values that hold no others.</summary>
internal ref partial struct TomlParser
{
    private TomlValue ReadScalar()
    {
        var start = _at;
        var position = Here;
        if (Current is (byte)'"' or (byte)'\'')
        {
            return new TomlString(ReadString(), position);
        }

        var token = ReadToken();
        if (token.IsEmpty)
        {
            ThrowExpected("a value");
        }

        if (token.SequenceEqual("true"u8) || token.SequenceEqual("false"u8))
        {
            return new TomlBoolean(token[0] == 't', position);
        }

        return TomlTime.LooksLikeOne(token)
            ? TomlTime.Read(token, position, out var problem) ?? throw Error(start, problem!)
            : TomlNumber.Read(token, position, out problem) ?? throw Error(start, problem!);
    }

    /// <summary>Takes the bytes that numbers, dates and booleans are made of.</summary>
    private ReadOnlySpan<byte> ReadToken()
    {
        var start = _at;
        SkipTokenBytes();

        // A date may be parted from its time by one space instead of a T.
        if (_at - start == TomlTime.DateLength && TomlTime.LooksLikeOne(_text[start.._at])
            && Current == ' ' && _at + 1 < _text.Length && char.IsAsciiDigit((char)_text[_at + 1]))
        {
            _at++;
            SkipTokenBytes();
        }

        return _text[start.._at];
    }

    private void SkipTokenBytes()
    {
        while (IsBareKey(Current) || Current is (byte)'+' or (byte)'.' or (byte)':')
        {
            _at++;
        }
    }
}
