using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Federation.Hosting.JsonRpc;

/// <summary>JSON as Lotus reads and writes it: names as declared, and of all characters only what Go escapes.</summary>
public static class JsonRpcJson
{
    /// <summary>The serializer's settings for parameters and results.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNameCaseInsensitive = true,
        MaxDepth = 64,
    };

    internal static JsonWriterOptions WriterOptions { get; } = new() { Encoder = Options.Encoder };

    /// <summary>Reads one parameter; on failure says why in the words that Go's decoder uses.</summary>
    internal static bool TryRead(JsonElement element, Type type, out object? value, out string? problem)
    {
        problem = null;
        if (element.ValueKind == JsonValueKind.Null)
        {
            value = ZeroOf(type);
            return true;
        }

        try
        {
            value = element.Deserialize(type, Options);
            return true;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            value = null;
            var number = element.ValueKind == JsonValueKind.Number && IsNumber(type) ? $" {element.GetRawText()}" : "";
            problem = $"json: cannot unmarshal {KindOf(element)}{number} into Go value of type {GoName(type)}";
            return false;
        }
    }

    /// <summary>What Go leaves in a variable that null is read into; null for classes and nullable types.</summary>
    private static object? ZeroOf(Type type) => type switch
    {
        _ when type == typeof(string) => "",
        _ when type.IsArray => Array.CreateInstance(type.GetElementType()!, 0),
        _ when type.IsValueType => Activator.CreateInstance(type),
        _ => null,
    };

    internal static string KindOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "bool",
        _ => "null",
    };

    internal static string GoName(Type type) => type switch
    {
        _ when type == typeof(string) => "string",
        _ when type == typeof(bool) => "bool",
        _ when type == typeof(ulong) => "uint64",
        _ when type == typeof(long) => "int64",
        _ when type == typeof(int) => "int",
        _ when type == typeof(double) => "float64",
        _ when type.IsArray => "[]" + GoName(type.GetElementType()!),
        _ => type.Name,
    };

    /// <summary>
    /// Copies finished JSON, escaping the three characters that Go escapes for the sake of HTML. Outside of strings
    /// none of them can occur.
    /// </summary>
    internal static void CopyAsGo(ReadOnlySpan<byte> json, IBufferWriter<byte> output)
    {
        while (json.IndexOfAny((byte)'<', (byte)'>', (byte)'&') is >= 0 and var at)
        {
            output.Write(json[..at]);
            output.Write(json[at] switch { (byte)'<' => "\\u003c"u8, (byte)'>' => "\\u003e"u8, _ => "\\u0026"u8 });
            json = json[(at + 1)..];
        }

        output.Write(json);
    }

    private static bool IsNumber(Type type) =>
        type == typeof(ulong) || type == typeof(long) || type == typeof(int) || type == typeof(double);
}
