using System.Globalization;
using System.Text.Json;

namespace Federation.Toml.Tests;

/// <summary>Compares a value with the suite's tagged JSON.</summary>
internal static class TaggedJson
{
    internal static void AssertMatches(JsonElement expected, TomlValue actual)
    {
        switch (actual)
        {
            case TomlTable table:
                Assert.Equal(
                    expected.EnumerateObject().Select(p => p.Name).Order(), table.Entries.Select(e => e.Key).Order());
                foreach (var entry in table.Entries)
                {
                    AssertMatches(expected.GetProperty(entry.Key), entry.Value);
                }

                break;
            case TomlArray array:
                Assert.Equal(JsonValueKind.Array, expected.ValueKind);
                Assert.Equal(expected.GetArrayLength(), array.Count);
                foreach (var (e, a) in expected.EnumerateArray().Zip(array))
                {
                    AssertMatches(e, a);
                }

                break;
            default:
                AssertScalar(
                    expected.GetProperty("type").GetString()!, expected.GetProperty("value").GetString()!, actual);
                break;
        }
    }

    private static void AssertScalar(string type, string text, TomlValue actual)
    {
        var invariant = CultureInfo.InvariantCulture;
        switch (type)
        {
            case "string":
                Assert.Equal(text, Assert.IsType<TomlString>(actual).Value);
                break;
            case "integer":
                Assert.Equal(long.Parse(text, invariant), Assert.IsType<TomlInteger>(actual).Value);
                break;
            case "float":
                Assert.Equal(Float(text), Assert.IsType<TomlFloat>(actual).Value);
                break;
            case "bool":
                Assert.Equal(text == "true", Assert.IsType<TomlBoolean>(actual).Value);
                break;
            case "datetime":
                var instant = DateTimeOffset.Parse(text, invariant);
                var offsetTime = Assert.IsType<TomlOffsetDateTime>(actual);
                Assert.Equal((instant.DateTime, instant.Offset), (offsetTime.Local, offsetTime.Offset));
                break;
            case "datetime-local":
                Assert.Equal(DateTime.Parse(text, invariant), Assert.IsType<TomlLocalDateTime>(actual).Value);
                break;
            case "date-local":
                Assert.Equal(DateOnly.Parse(text, invariant), Assert.IsType<TomlLocalDate>(actual).Value);
                break;
            case "time-local":
                Assert.Equal(TimeOnly.Parse(text, invariant), Assert.IsType<TomlLocalTime>(actual).Value);
                break;
            default:
                Assert.Fail($"the suite knows a type that this test does not: {type}");
                break;
        }
    }

    private static double Float(string text) => text switch
    {
        "inf" or "+inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        "nan" or "+nan" or "-nan" => double.NaN,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };
}
