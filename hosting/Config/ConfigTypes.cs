using Federation.Hosting.Net;
using Federation.Hosting.Units;

namespace Federation.Hosting.Config;

/// <summary>The kinds of settings that the programs share.</summary>
public static class ConfigTypes
{
    /// <summary>Any text.</summary>
    public static ConfigType<string> Text { get; } = new ParsedType<string>("string", "a string", Keep, t => t);

    /// <summary>
    /// A name that may stand in a key of the store and in a file name: 1 to 63 letters, digits, <c>-</c>, <c>_</c>
    /// and <c>.</c>, a letter or digit first.
    /// </summary>
    public static ConfigType<string> Name { get; } = new ParsedType<string>(
        "string", "1 to 63 letters, digits, \"-\", \"_\" or \".\" with a letter or digit first", ParseName, t => t);

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static ConfigType<bool> Flag { get; } = new FlagType();

    /// <summary>A multiaddr such as <c>/ip4/127.0.0.1/tcp/2345/http</c>.</summary>
    public static ConfigType<Multiaddr> Multiaddress { get; } = new ParsedType<Multiaddr>(
        "string",
        "a multiaddr",
        text => Multiaddr.TryParse(text, out var value, out var problem) ? (value, null) : (null, problem),
        m => m.ToString());

    /// <summary>A <c>host:port</c>.</summary>
    public static ConfigType<HostPort> Endpoint { get; } = new ParsedType<HostPort>(
        "string", "\"host:port\"", ParseEndpoint, e => e.ToString());

    /// <summary>A list of different <c>host:port</c>.</summary>
    public static ConfigType<IReadOnlyList<HostPort>> Endpoints { get; } = new ListType<HostPort>(
        "a list of \"host:port\"", ParseEndpoint, e => e.ToString());

    /// <summary>A list of different names, each as <see cref="Name"/>.</summary>
    public static ConfigType<IReadOnlyList<string>> Names { get; } = new ListType<string>(
        "a list of names", ParseName, t => t);

    /// <summary>An integer within a range, both ends included.</summary>
    public static ConfigType<long> WholeNumber(long min, long max) => new IntegerType(min, max);

    /// <summary>A duration such as <c>"30s"</c> within a range, both ends included.</summary>
    public static ConfigType<TimeSpan> Duration(TimeSpan min, TimeSpan max)
    {
        var expected = $"a duration such as \"30s\" from {GoDuration.Format(min)} to {GoDuration.Format(max)}";
        return new ParsedType<TimeSpan>(
            "Duration",
            expected,
            text =>
                GoDuration.TryParse(text, out var value) && value >= min && value <= max
                    ? (value, null)
                    : (default, ""),
            GoDuration.Format);
    }

    /// <summary>A number of bytes such as <c>"2KiB"</c> within a range, both ends included.</summary>
    public static ConfigType<ByteSize> Size(ByteSize min, ByteSize max)
    {
        var expected = $"a size such as \"2KiB\" from {min.ToExactString()} to {max.ToExactString()}";
        return new ParsedType<ByteSize>(
            "Size",
            expected,
            text =>
                ByteSize.TryParse(text, out var value) && value >= min && value <= max ? (value, null) : (default, ""),
            s => s.ToExactString());
    }

    /// <summary>One of a few texts.</summary>
    public static ConfigType<string> Choice(params string[] allowed)
    {
        var expected = "one of " + string.Join(", ", allowed.Select(a => $"\"{a}\""));
        return new ParsedType<string>("string", expected, t => allowed.Contains(t) ? (t, null) : (null, ""), t => t);
    }

    /// <summary>A kind of a program's own, held as text.</summary>
    /// <param name="name">The kind's name in the commented default file.</param>
    /// <param name="expected">What it must be, such as "a miner address such as \"t01000\"".</param>
    /// <param name="parse">The value and null; or any value and what is wrong, empty when there is no more to
    /// say.</param>
    /// <param name="write">The text that <paramref name="parse"/> reads.</param>
    public static ConfigType<T> Parsed<T>(
        string name, string expected, Func<string, (T? Value, string? Problem)> parse, Func<T, string> write) =>
        new ParsedType<T>(name, expected, parse, write);

    private static (string?, string?) Keep(string text) => (text, null);

    private static (HostPort?, string?) ParseEndpoint(string text) =>
        HostPort.TryParse(text, out var value, out var problem) ? (value, null) : (null, problem);

    private static (string?, string?) ParseName(string text)
    {
        var valid = text.Length is >= 1 and <= 63 && char.IsAsciiLetterOrDigit(text[0])
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
        return valid ? (text, null) : (null, "");
    }
}
