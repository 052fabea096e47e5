using System.Text;
using System.Text.Json;
using Federation.Worker.Phases;
using Microsoft.Extensions.Logging;

namespace Federation.Worker.Processor;

/// <summary>
/// The answering side of the lines: says that it is ready, answers each line with one line, several at once and in the
/// order in which they end, and ends at the end of its input when all are answered. No line ends it before.
/// </summary>
/// <param name="phase">The phase that it runs.</param>
/// <param name="concurrency">Tasks at once; a further line is read when one has ended.</param>
/// <param name="run">Runs one task.</param>
/// <param name="logger">The log.</param>
internal sealed partial class ProcessorLoop(
    string phase,
    int concurrency,
    Func<JsonElement, CancellationToken, Task<object>> run,
    ILogger<ProcessorLoop> logger)
{
    /// <summary>The first line of a processor.</summary>
    public static string ReadyLine(string phase) => $"{phase} processor ready";

    /// <summary>Serves until the input ends or it is cancelled.</summary>
    /// <exception cref="IOException">Nobody reads the answers any more.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; tasks that ran are not answered.</exception>
    public async Task RunAsync(Stream input, Stream output, CancellationToken cancellationToken)
    {
        using var slots = new SemaphoreSlim(concurrency);
        using var writer = new ProcessorLineWriter(output);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new HashSet<Task>();
        await writer.WriteAsync(Encoding.UTF8.GetBytes(ReadyLine(phase)), ending.Token);
        var reader = new ProcessorLineReader(input, ProcessorLineReader.MaxLineBytes);
        try
        {
            while (await reader.ReadAsync(ending.Token).AsTask().WaitAsync(ending.Token) is { } line)
            {
                await slots.WaitAsync(ending.Token);
                running.RemoveWhere(task => task.IsCompletedSuccessfully);
                running.Add(AnswerAsync(line, writer, slots, ending));
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // An answer could not be written: its task says why, below.
        }

        await Task.WhenAll(running);
    }

    private async Task AnswerAsync(
        ProcessorLine line, ProcessorLineWriter writer, SemaphoreSlim slots, CancellationTokenSource ending)
    {
        try
        {
            var answer = await AnswerOfAsync(line, ending.Token);
            await writer.WriteAsync(
                JsonSerializer.SerializeToUtf8Bytes(answer, ProcessorJson.Options), ending.Token);
        }
        catch (IOException)
        {
            // Whoever asked is gone: nobody waits for the other tasks either.
            await ending.CancelAsync();
            throw;
        }
        finally
        {
            slots.Release();
        }
    }

    private async Task<ProcessorAnswer> AnswerOfAsync(ProcessorLine line, CancellationToken cancellationToken)
    {
        if (!line.IsWhole)
        {
            return Refused(null, $"the line is longer than {ProcessorLineReader.MaxLineBytes} bytes");
        }

        ulong? id = null;
        try
        {
            using var document = JsonDocument.Parse(line.Bytes);
            id = IdOf(document.RootElement);
            var request = document.RootElement.Deserialize<ProcessorRequest>(ProcessorJson.Options)
                ?? throw new JsonException("the line is null");
            Log.Started(logger, phase, request.Id);
            var output = await run(request.Task, cancellationToken);
            Log.Ended(logger, phase, request.Id);
            return new ProcessorAnswer
            {
                Id = id,
                Output = JsonSerializer.SerializeToElement(output, output.GetType(), ProcessorJson.Options),
            };
        }
        catch (JsonException wrong)
        {
            return Refused(id, $"the line is no task of {phase}: {TaskFault.Of(wrong)}");
        }
        catch (PhaseException failure)
        {
            Log.Failed(logger, phase, id, failure.Message);
            return new ProcessorAnswer
            {
                Id = id,
                ErrMsg = failure.Message,
                Fault = ProcessorFaults.Of(failure.Fault),
            };
        }
        catch (ArgumentException wrong)
        {
            return Refused(id, wrong.Message);
        }
        catch (Exception defect) when (defect is not OperationCanceledException)
        {
            // One task's defect must not cost the others their work.
            Log.Defect(logger, phase, id, defect);
            return new ProcessorAnswer { Id = id, ErrMsg = $"{phase} failed unexpectedly: {defect.Message}" };
        }
    }

    private ProcessorAnswer Refused(ulong? id, string sentence)
    {
        Log.Failed(logger, phase, id, sentence);
        return new ProcessorAnswer { Id = id, ErrMsg = sentence, Fault = ProcessorFaults.InvalidInput };
    }

    private static ulong? IdOf(JsonElement line) =>
        line.ValueKind == JsonValueKind.Object && line.TryGetProperty("id", out var id)
        && id.ValueKind == JsonValueKind.Number && id.TryGetUInt64(out var number) ? number : null;

    private static partial class Log
    {
        [LoggerMessage(5420, LogLevel.Information, "{Phase} task {Id} started")]
        public static partial void Started(ILogger logger, string phase, ulong id);

        [LoggerMessage(5421, LogLevel.Information, "{Phase} task {Id} ended")]
        public static partial void Ended(ILogger logger, string phase, ulong id);

        [LoggerMessage(5422, LogLevel.Warning, "{Phase} task {Id} failed: {Reason}")]
        public static partial void Failed(ILogger logger, string phase, ulong? id, string reason);

        [LoggerMessage(5423, LogLevel.Error, "{Phase} task {Id} failed unexpectedly")]
        public static partial void Defect(ILogger logger, string phase, ulong? id, Exception error);
    }
}
