using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;

namespace Federation.Proto.Records;

/// <summary>
/// Walks a record's JSON along its message. Elements of a list of messages are taken for the same when all that this
/// program knows of them is equal; of the rest, when they stand at the same place and their first field is equal.
/// </summary>
internal static class UnknownMembers
{
    /// <summary>
    /// Copies into <paramref name="members"/>, written by this program, what <paramref name="previous"/> holds and
    /// neither message knows.
    /// </summary>
    public static void Keep(
        MessageDescriptor message, JsonObject members, MessageDescriptor previousMessage, JsonObject previous)
    {
        foreach (var (name, value) in previous)
        {
            if (Field(message, name) is { } field)
            {
                KeepInside(field, members, Field(previousMessage, name), value);
            }
            else if (Field(previousMessage, name) is null)
            {
                members[name] = value?.DeepClone();
            }
        }
    }

    /// <summary>Takes enum names away that this program does not know: their fields read as not set.</summary>
    public static void DropUnknownEnums(MessageDescriptor message, JsonObject members)
    {
        foreach (var (name, value) in members.ToList())
        {
            if (Field(message, name) is not { } field)
            {
                continue;
            }

            if (IsUnknownEnum(field, value))
            {
                members.Remove(name);
            }

            ForEachMessage(field, value, DropUnknownEnums);
        }
    }

    /// <summary>Puts the entries of each map in the ordinal order of their keys.</summary>
    public static void SortMaps(MessageDescriptor message, JsonObject members)
    {
        foreach (var (name, value) in members.ToList())
        {
            if (Field(message, name) is not { } field)
            {
                continue;
            }

            ForEachMessage(field, value, SortMaps);
            if (field.IsMap && value is JsonObject map)
            {
                members[name] = new JsonObject(
                    map.OrderBy(entry => entry.Key, StringComparer.Ordinal)
                        .Select(entry => KeyValuePair.Create(entry.Key, entry.Value?.DeepClone())));
            }
        }
    }

    private static void KeepInside(FieldDescriptor field, JsonObject members, FieldDescriptor? before, JsonNode? value)
    {
        if (before is null || !SameKind(field, before))
        {
            return;
        }

        var written = members[field.Name];
        if (written is null && IsUnknownEnum(field, value))
        {
            members[field.Name] = value!.DeepClone();
        }
        else if (MessageOf(field) is { } message)
        {
            KeepInMessages(field, message, written, value);
        }
    }

    private static void KeepInMessages(
        FieldDescriptor field, MessageDescriptor message, JsonNode? written, JsonNode? value)
    {
        switch (written, value)
        {
            case (JsonObject now, JsonObject old) when field.IsMap:
                foreach (var (key, entry) in now)
                {
                    KeepInPair(message, entry, old[key]);
                }

                break;
            case (JsonObject, JsonObject):
                KeepInPair(message, written, value);
                break;
            case (JsonArray now, JsonArray old):
                foreach (var (element, origin) in ListPairing.Match(message, now, old))
                {
                    KeepInPair(message, element, origin);
                }

                break;
        }
    }

    private static void KeepInPair(MessageDescriptor message, JsonNode? written, JsonNode? previous)
    {
        if (written is JsonObject now && previous is JsonObject old)
        {
            Keep(message, now, message, old);
        }
    }

    private static void ForEachMessage(
        FieldDescriptor field, JsonNode? value, Action<MessageDescriptor, JsonObject> visit)
    {
        if (MessageOf(field) is not { } message)
        {
            return;
        }

        var nodes = value switch
        {
            JsonObject map when field.IsMap => map.Select(entry => entry.Value),
            JsonArray list => list,
            _ => [value],
        };
        foreach (var node in nodes.OfType<JsonObject>().ToList())
        {
            visit(message, node);
        }
    }

    private static FieldDescriptor? Field(MessageDescriptor message, string name) =>
        message.FindFieldByName(name)
        ?? message.Fields.InDeclarationOrder().FirstOrDefault(field => field.JsonName == name);

    /// <summary>The message inside a field: its own, its list's, or its map's values'.</summary>
    private static MessageDescriptor? MessageOf(FieldDescriptor field)
    {
        var holder = field.IsMap ? field.MessageType.FindFieldByNumber(2) : field;
        return holder.FieldType == FieldType.Message ? holder.MessageType : null;
    }

    private static bool SameKind(FieldDescriptor a, FieldDescriptor b) =>
        a.FieldType == b.FieldType
        && a.IsRepeated == b.IsRepeated
        && (a.IsMap ? b.IsMap && MessageOf(a) == MessageOf(b) : MessageOf(a) == MessageOf(b));

    private static bool IsUnknownEnum(FieldDescriptor field, JsonNode? value) =>
        field is { FieldType: FieldType.Enum, IsRepeated: false }
        && value is JsonValue text
        && text.GetValueKind() == JsonValueKind.String
        && field.EnumType.FindValueByName(text.GetValue<string>()) is null;
}
