using System.Text;
using System.Text.Json;

namespace Federation.Proofs.Tests.Verification;

/// <summary>Every number of a JSON text, by kind: its path without list positions.</summary>
internal static class JsonNumbers
{
    /// <summary>Start and length of each number, by kind; for lists of numbers, one list after the other.</summary>
    public static Dictionary<string, List<(int Start, int Length)>> Find(byte[] json)
    {
        var found = new Dictionary<string, List<(int, int)>>();
        var path = new Stack<string>();
        var name = string.Empty;
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = reader.GetString()!;
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    path.Push(name);
                    name = string.Empty;
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    path.Pop();
                    name = string.Empty;
                    break;
                case JsonTokenType.Number:
                    var kind = string.Join('.', path.Reverse().Append(name).Where(part => part.Length > 0));
                    if (!found.TryGetValue(kind, out var numbers))
                    {
                        found.Add(kind, numbers = []);
                    }

                    numbers.Add(((int)reader.TokenStartIndex, reader.ValueSpan.Length));
                    break;
                default:
                    name = string.Empty;
                    break;
            }
        }

        return found;
    }

    /// <summary>The text with one number replaced.</summary>
    public static byte[] Replace(byte[] json, (int Start, int Length) number, ulong value) =>
    [
        .. json.AsSpan(0, number.Start),
        .. Encoding.ASCII.GetBytes($"{value}"),
        .. json.AsSpan(number.Start + number.Length),
    ];

    /// <summary>The number's value.</summary>
    public static ulong Value(byte[] json, (int Start, int Length) number) =>
        ulong.Parse(Encoding.ASCII.GetString(json, number.Start, number.Length));
}
