using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Federation.Proto.Records;

/// <summary>
/// Records as the store holds them: protobuf's JSON form with the names of the .proto file, compact, members of
/// default value left out, map keys in ordinal order; equal records give equal bytes. Rewriting keeps what a newer
/// program wrote and this one does not know. Thread-safe.
/// </summary>
/// <remarks>
/// What is kept from the original: members that its message does not have, at any depth, in maps by key and in lists
/// as <see cref="UnknownMembers"/> says; enum names that this program does not know, unless it sets the field itself;
/// and the greater <c>version</c>. Not kept: what lay inside a member that the program itself removed. A record has no
/// oneof: a newer alternative would be kept beside the one that this program sets.
/// </remarks>
public static class RecordJson
{
    /// <summary>Greatest size of a record: 16 KiB.</summary>
    public const int MaxBytes = 16 * 1024;

    private const int MaxDepth = 32;

    private static readonly JsonFormatter Formatter =
        new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true));

    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private static readonly JsonDocumentOptions Strict = new()
    {
        AllowDuplicateProperties = false,
        MaxDepth = MaxDepth,
    };

    private static readonly JsonSerializerOptions Compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = MaxDepth,
    };

    /// <summary>Reads a record. Throws <see cref="RecordFormatException"/> for anything that is not one.</summary>
    public static T Parse<T>(string key, ReadOnlyMemory<byte> json)
        where T : class, IMessage<T>, new()
    {
        var members = ParseObject(key, typeof(T).Name, json);
        var message = new T();
        UnknownMembers.DropUnknownEnums(message.Descriptor, members);
        try
        {
            return Parser.Parse<T>(members.ToJsonString(Compact));
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidOperationException or ArgumentException
            or FormatException or OverflowException)
        {
            throw new RecordFormatException(key, typeof(T).Name, e.Message, e);
        }
    }

    /// <summary>
    /// Writes a record; with the bytes it was read from as <paramref name="original"/>, what this program does not
    /// know is kept. Throws <see cref="RecordTooLargeException"/> over <see cref="MaxBytes"/>.
    /// </summary>
    public static byte[] Write<T>(T record, ReadOnlyMemory<byte> original = default, string? key = null)
        where T : class, IMessage<T>, new() =>
        WriteFrom<T, T>(record, original, key);

    /// <summary>
    /// Writes a record that takes over the unknown members of one of another kind, such as the job that an offer
    /// becomes: those of members that both kinds have, and those that neither kind knows.
    /// </summary>
    public static byte[] WriteFrom<T, TOriginal>(T record, ReadOnlyMemory<byte> original, string? key = null)
        where T : class, IMessage<T>, new()
        where TOriginal : class, IMessage<TOriginal>, new()
    {
        var members = Canonical(record);
        if (!original.IsEmpty)
        {
            var previous = ParseObject(key ?? "original", typeof(TOriginal).Name, original);
            UnknownMembers.Keep(record.Descriptor, members, new TOriginal().Descriptor, previous);
            RecordVersion.KeepGreater(record.Descriptor, members, previous);
        }

        var bytes = JsonSerializer.SerializeToUtf8Bytes(members, Compact);
        return bytes.Length <= MaxBytes
            ? bytes
            : throw new RecordTooLargeException(key ?? typeof(T).Name, bytes.Length);
    }

    /// <summary>What this program would write for a message that it only read; null for no such message.</summary>
    internal static JsonObject? KnownPart(MessageDescriptor message, JsonObject members)
    {
        var known = (JsonObject)members.DeepClone();
        UnknownMembers.DropUnknownEnums(message, known);
        try
        {
            return Canonical(Parser.Parse(known.ToJsonString(Compact), message));
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static JsonObject Canonical(IMessage record)
    {
        var members = JsonNode.Parse(Formatter.Format(record), documentOptions: Strict)!.AsObject();
        UnknownMembers.SortMaps(record.Descriptor, members);
        return members;
    }

    private static JsonObject ParseObject(string key, string kind, ReadOnlyMemory<byte> json)
    {
        try
        {
            var members = JsonNode.Parse(StrictUtf8.GetString(json.Span), documentOptions: Strict) as JsonObject
                ?? throw new RecordFormatException(key, kind, "it is not a JSON object.");
            ReadEveryText(members);
            return members;
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException or InvalidOperationException)
        {
            throw new RecordFormatException(key, kind, e.Message, e);
        }
    }

    /// <summary>Names and texts are decoded when first read: here, so that half an escape fails here.</summary>
    private static void ReadEveryText(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (_, value) in members)
                {
                    ReadEveryText(value);
                }

                break;
            case JsonArray list:
                foreach (var element in list)
                {
                    ReadEveryText(element);
                }

                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                value.GetValue<string>();
                break;
        }
    }
}
