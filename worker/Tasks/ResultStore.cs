using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Federation.Hosting.Repository;
using Federation.Proto.Gates;
using Google.Protobuf;
using Microsoft.Extensions.Logging;

namespace Federation.Worker.Tasks;

/// <summary>
/// Results that the agent has not taken yet, one file each, so that they outlive this process. A file that cannot be
/// read is set aside and named in the log. Thread-safe.
/// </summary>
public sealed partial class ResultStore
{
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    private static readonly JsonSerializerOptions Strict = new()
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private readonly string _folder;
    private readonly ConcurrentDictionary<string, KeptResult> _results = new(StringComparer.Ordinal);

    /// <summary>Opens the folder, creating it when it is not there.</summary>
    public ResultStore(string folder, ILogger<ResultStore> logger)
    {
        _folder = Directory.CreateDirectory(folder).FullName;
        foreach (var file in Directory.EnumerateFiles(_folder, "*.json"))
        {
            try
            {
                var stored = JsonSerializer.Deserialize<Stored>(File.ReadAllText(file), Strict)
                    ?? throw new JsonException("the file is empty");
                var kept = new KeptResult(Parser.Parse<Assign>(stored.Task), Parser.Parse<TaskResult>(stored.Result));
                _results[kept.Task.TaskId] = kept;
            }
            catch (Exception error) when (
                error is JsonException or InvalidJsonException or InvalidProtocolBufferException)
            {
                Log.Unreadable(logger, file, error);
                File.Move(file, file + ".unreadable", overwrite: true);
            }
        }
    }

    /// <summary>The results that are there.</summary>
    public IReadOnlyCollection<KeptResult> All => [.. _results.Values];

    /// <summary>Finds a result by its task's id.</summary>
    public KeptResult? Find(string taskId) => _results.GetValueOrDefault(taskId);

    /// <summary>Keeps a result; durable when it returns. One that cannot be written is kept in memory.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public void Put(KeptResult kept)
    {
        var path = PathOf(kept.Task.TaskId);
        _results[kept.Task.TaskId] = kept;
        var stored = new Stored(JsonFormatter.Default.Format(kept.Task), JsonFormatter.Default.Format(kept.Result));
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(JsonSerializer.Serialize(stored)), AtomicFile.Readable);
    }

    /// <summary>Forgets a result. Idempotent.</summary>
    public void Remove(string taskId)
    {
        if (_results.TryRemove(taskId, out _))
        {
            File.Delete(PathOf(taskId));
        }
    }

    /// <summary>Task ids become file names: only uuids do.</summary>
    private string PathOf(string taskId) => Path.Combine(_folder, $"{Guid.Parse(taskId)}.json");

    private sealed record Stored(string Task, string Result);

    private static partial class Log
    {
        [LoggerMessage(5100, LogLevel.Error, "result file {File} cannot be read and is set aside")]
        public static partial void Unreadable(ILogger logger, string file, Exception error);
    }
}
