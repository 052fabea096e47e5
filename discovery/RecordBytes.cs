using Federation.Proto.Records;
using Google.Protobuf;

namespace Federation.Discovery;

/// <summary>Records as the store holds them, with this project's exception for values that are none.</summary>
internal static class RecordBytes
{
    public static T Parse<T>(string key, ReadOnlyMemory<byte> value)
        where T : class, IMessage<T>, new()
    {
        try
        {
            return RecordJson.Parse<T>(key, value);
        }
        catch (RecordFormatException e)
        {
            throw new InvalidRecordException(key, e.Message, e);
        }
    }

    /// <summary>Writes a record, keeping what this program does not know of the one that it was read from.</summary>
    public static ReadOnlyMemory<byte> Write<T>(string key, T record, ReadOnlyMemory<byte> original = default)
        where T : class, IMessage<T>, new() => RecordJson.Write(record, original, key);

    /// <summary>Writes a record that another kind of record becomes.</summary>
    public static ReadOnlyMemory<byte> WriteFrom<T, TOriginal>(string key, T record, ReadOnlyMemory<byte> original)
        where T : class, IMessage<T>, new()
        where TOriginal : class, IMessage<TOriginal>, new() =>
        RecordJson.WriteFrom<T, TOriginal>(record, original, key);
}
