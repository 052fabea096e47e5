namespace Federation.Toml.Tests;

public sealed class TomlPositionTests
{
    [Fact]
    public void Parse_EveryKind_KeepsKeyAndValuePlaces()
    {
        const string Text = "# first\n[API]\n  ListenAddress = \"x\" \n\"ключ\" = [1,\n  2.5, {a.b = true}]\n"
            + "[[x.y]]\r\nt=07:32:00\n";

        var root = TomlDocument.Parse(Text, "config.toml");

        var api = Entry(root, "API");
        Assert.Equal(new TomlPosition(2, 2), api.KeyPosition);
        var listen = Entry((TomlTable)api.Value, "ListenAddress");
        Assert.Equal((new TomlPosition(3, 3), new TomlPosition(3, 19)), (listen.KeyPosition, listen.Value.Position));
        var array = (TomlArray)Entry((TomlTable)api.Value, "ключ").Value;
        Assert.Equal(new TomlPosition(4, 10), array.Position);
        Assert.Equal([new(4, 11), new(5, 3), new(5, 8)], array.Select(v => v.Position));
        var inner = Entry((TomlTable)Entry((TomlTable)array[2], "a").Value, "b");
        Assert.Equal((new TomlPosition(5, 11), new TomlPosition(5, 15)), (inner.KeyPosition, inner.Value.Position));
        var grown = (TomlTable)((TomlArray)Entry((TomlTable)Entry(root, "x").Value, "y").Value)[0];
        Assert.Equal(new TomlPosition(7, 3), Entry(grown, "t").Value.Position);
    }

    [Theory]
    [InlineData("a = 1\nb = x", "t:2:5: \"x\" is not a value; a string must stand in quotes.")]
    [InlineData("a = 1\n\na = 2", "t:3:1: \"a\" is already an integer, defined at line 1.")]
    [InlineData("a = 'x", "t:1:5: this string is not closed on its line.")]
    [InlineData("a = \"é\\q\"", "t:1:7: \"\\\" with \"q\" after it is no escape sequence.")]
    [InlineData("a = 1 b", "t:1:7: expected the end of the line after a value but found \"b\".")]
    [InlineData("[a", "t:1:3: expected \"]\" after the table's name but found the end of the document.")]
    [InlineData("a = [1 2]", "t:1:8: expected \",\" or \"]\" after an item of an array but found \"2\".")]
    [InlineData("a = 010", "t:1:5: \"010\" has a leading zero, which TOML does not allow.")]
    [InlineData("a = 9223372036854775808", "t:1:5: the integer 9223372036854775808 does not fit in 64 bits.")]
    [InlineData("a = 1e999", "t:1:5: the float 1e999 is larger than a 64-bit float can be.")]
    [InlineData("a = 2021-02-29", "t:1:5: \"2021-02-29\" is not a valid date or time.")]
    [InlineData("a = 0000-01-01", "t:1:5: \"0000-01-01\" lies in the year 0000, which cannot be represented.")]
    [InlineData("a = 23:59:60", "t:1:5: \"23:59:60\" names a leap second, which cannot be represented.")]
    [InlineData(
        "a = 2016-12-31T23:59:60Z",
        "t:1:5: \"2016-12-31T23:59:60Z\" names a leap second, which cannot be represented.")]
    [InlineData("a = 23:59:61", "t:1:5: \"23:59:61\" is not a valid date or time.")]
    [InlineData("a = 2016-", "t:1:5: \"2016-\" is not a valid date or time.")]
    [InlineData("a = # none", "t:1:5: expected a value but found \"#\".")]
    [InlineData("a = '''\nx", "t:1:5: this string is never closed.")]
    public void Parse_WrongDocument_SaysWhatAndWhere(string text, string message)
    {
        var error = Assert.Throws<TomlException>(() => { TomlDocument.Parse(text, "t"); });

        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void Parse_HalfASurrogatePair_SaysWhere()
    {
        var error = Assert.Throws<TomlException>(() => { TomlDocument.Parse("a = 1\nb = \"\U0001F600\uD800\"", "t"); });

        Assert.Equal("t:2:7: the text holds half a surrogate pair.", error.Message);
    }

    private static TomlEntry Entry(TomlTable table, string key) =>
        table.TryGet(key, out var entry) ? entry : throw new KeyNotFoundException(key);
}
