using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;

namespace Federation.Proto.Records;

/// <summary>Finds, for the elements of a rewritten list, those that they come from.</summary>
internal static class ListPairing
{
    public static IEnumerable<(JsonNode Element, JsonNode Origin)> Match(
        MessageDescriptor message, JsonArray now, JsonArray old)
    {
        var origins = old.ToList();
        var known = old.Select(element => KnownPart(message, element)).ToList();
        var pairs = new JsonNode?[now.Count];
        for (var i = 0; i < now.Count; i++)
        {
            var index = known.FindIndex(part => part is not null && JsonNode.DeepEquals(part, now[i]));
            if (index >= 0)
            {
                pairs[i] = origins[index];
                (origins[index], known[index]) = (null, null);
            }
        }

        for (var i = 0; i < now.Count; i++)
        {
            var samePlace = i < origins.Count && SameFirstField(message, now[i], origins[i]) ? origins[i] : null;
            if (now[i] is { } element && (pairs[i] ?? samePlace) is { } origin)
            {
                yield return (element, origin);
            }
        }
    }

    /// <summary>What this program would write for an element that it only read; null for what is no message.</summary>
    private static JsonObject? KnownPart(MessageDescriptor message, JsonNode? element) =>
        element is JsonObject members ? RecordJson.KnownPart(message, members) : null;

    private static bool SameFirstField(MessageDescriptor message, JsonNode? now, JsonNode? old)
    {
        var first = message.Fields.InFieldNumberOrder()[0].Name;
        return now is JsonObject a && old is JsonObject b && JsonNode.DeepEquals(a[first], b[first]);
    }
}
