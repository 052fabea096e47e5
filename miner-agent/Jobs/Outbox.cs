using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Federation.Hosting.Repository;
using Federation.MinerAgent.Workers;
using Federation.Proto.Gates;
using Google.Protobuf;
using Microsoft.Extensions.Logging;

namespace Federation.MinerAgent.Jobs;

/// <summary>
/// The outbox as a folder: one JSON file per result, written under another name, flushed, renamed, and the folder
/// flushed. A file that cannot be read is set aside and named in the log.
/// </summary>
public sealed partial class Outbox : IOutbox
{
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    private static readonly JsonSerializerOptions Strict = new()
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private readonly string _folder;
    private readonly ConcurrentDictionary<TaskKey, OutboxEntry> _entries = new();
    private readonly ILogger<Outbox> _logger;

    /// <summary>Opens the outbox, creating the folder when it is not there.</summary>
    public Outbox(string folder, ILogger<Outbox> logger)
    {
        _folder = Directory.CreateDirectory(folder).FullName;
        _logger = logger;
        foreach (var file in Directory.EnumerateFiles(_folder, "*.result"))
        {
            Load(file);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyCollection<OutboxEntry> Entries => [.. _entries.Values];

    /// <inheritdoc/>
    public void Put(OutboxEntry entry)
    {
        var text = JsonSerializer.Serialize(
            new Stored(entry.Key, entry.Worker, entry.Hostname, JsonFormatter.Default.Format(entry.Result)));
        _entries[entry.Key] = entry;
        Write(PathOf(entry.Key), text);
    }

    /// <inheritdoc/>
    public void Remove(TaskKey key)
    {
        if (_entries.TryRemove(key, out _))
        {
            File.Delete(PathOf(key));
        }
    }

    /// <inheritdoc/>
    public bool IsUploaded(ulong sector, uint order, uint wanted) =>
        File.Exists(UploadOf(sector)) && File.ReadAllText(UploadOf(sector)) == Mark(order, wanted);

    /// <inheritdoc/>
    public void SetUploaded(ulong sector, uint order, uint wanted) =>
        Write(UploadOf(sector), Mark(order, wanted));

    /// <inheritdoc/>
    public void ForgetUploads(ulong sector) => File.Delete(UploadOf(sector));

    private void Load(string file)
    {
        try
        {
            var stored = JsonSerializer.Deserialize<Stored>(File.ReadAllText(file), Strict)
                ?? throw new JsonException("the file is empty");
            var entry = new OutboxEntry(
                stored.Key, stored.Worker, stored.Hostname, Parser.Parse<TaskResult>(stored.Result));
            _entries[entry.Key] = entry;
        }
        catch (Exception error) when (error is JsonException or InvalidJsonException or InvalidProtocolBufferException)
        {
            Log.Unreadable(_logger, file, error);
            File.Move(file, file + ".unreadable", overwrite: true);
        }
    }

    private static void Write(string path, string text) =>
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(text), AtomicFile.Readable);

    private string PathOf(TaskKey key) => Path.Combine(_folder, string.Create(
        CultureInfo.InvariantCulture, $"{key.Sector}-{key.Order}-{key.Phase}-{key.Attempt}.result"));

    private string UploadOf(ulong sector) =>
        Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{sector}.uploaded"));

    private static string Mark(uint order, uint wanted) =>
        string.Create(CultureInfo.InvariantCulture, $"{order} {wanted}");

    private sealed record Stored(TaskKey Key, string Worker, string Hostname, string Result);

    private static partial class Log
    {
        [LoggerMessage(4260, LogLevel.Error, "outbox file {File} cannot be read and is set aside")]
        public static partial void Unreadable(ILogger logger, string file, Exception error);
    }
}
