using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;

namespace Federation.Proto.Records;

/// <summary>A record's <c>version</c>: a rewrite by an older program never lowers it.</summary>
internal static class RecordVersion
{
    private const string Name = "version";

    public static void KeepGreater(MessageDescriptor message, JsonObject members, JsonObject previous)
    {
        if (message.FindFieldByName(Name) is { FieldType: FieldType.UInt32 }
            && Number(previous) is { } before
            && before > (Number(members) ?? 0))
        {
            members[Name] = before;
        }
    }

    private static uint? Number(JsonObject members) =>
        members[Name] is JsonValue value && value.TryGetValue<uint>(out var number) ? number : null;
}
