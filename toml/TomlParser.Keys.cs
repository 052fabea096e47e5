using System.Text;

namespace Federation.Toml;

/// <summary>This part knows keys.</summary>
internal ref partial struct TomlParser
{
    /// <summary>Reads a dotted key and the blanks around its parts.</summary>
    private List<TomlKeyPart> ReadKey()
    {
        var path = new List<TomlKeyPart>(2) { ReadKeyPart() };
        while (Current == '.')
        {
            _at++;
            SkipBlanks();
            path.Add(ReadKeyPart());
        }

        return path;
    }

    private TomlKeyPart ReadKeyPart()
    {
        var position = Here;
        var text = Current switch
        {
            (byte)'"' => ReadBasicString(),
            (byte)'\'' => ReadLiteralString(),
            _ => ReadBareKey(),
        };
        SkipBlanks();
        return new TomlKeyPart(text, position);
    }

    private string ReadBareKey()
    {
        var start = _at;
        while (IsBareKey(Current))
        {
            _at++;
        }

        if (_at == start)
        {
            ThrowExpected("a key");
        }

        return Encoding.ASCII.GetString(_text[start.._at]);
    }

    private static bool IsBareKey(byte b) =>
        b is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9')
            or (byte)'-' or (byte)'_';
}
