using System.Text;
using Google.Protobuf;

namespace Federation.Discovery;

/// <summary>Records as the store holds them: protobuf's JSON form, without members of default value.</summary>
internal static class RecordBytes
{
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true));
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public static T Parse<T>(string key, ReadOnlyMemory<byte> value)
        where T : class, IMessage<T>, new()
    {
        try
        {
            return Parser.Parse<T>(StrictUtf8.GetString(value.Span));
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidOperationException or ArgumentException)
        {
            throw new InvalidRecordException(key, e.Message, e);
        }
    }

    /// <summary>What of an offer belongs into the job that it becomes, and the other way round.</summary>
    public static ReadOnlyMemory<byte> SharedParts(ReadOnlyMemory<byte> original)
    {
        _ = original;
        return default;
    }

    public static ReadOnlyMemory<byte> Write<T>(T record, ReadOnlyMemory<byte> original = default)
        where T : class, IMessage<T>, new()
    {
        _ = original;
        return StrictUtf8.GetBytes(Formatter.Format(record));
    }
}
