using System.Globalization;
using System.Text;
using System.Text.Json;
using Federation.Worker.Processor;

namespace Federation.Worker.External;

/// <summary>What the process writes, from its first line to its end.</summary>
internal sealed partial class ExternalProcess
{
    private const int MaxErrorLineBytes = 4096;

    /// <summary>
    /// How long the last lines of a process that has ended, and its exit code, are waited for. The pipe has them; but
    /// the machine may be busy, or a process that left the group may hold the pipe open.
    /// </summary>
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);

    private async Task ServeAsync()
    {
        var errors = ReadErrorsAsync();
        var drained = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _time);
        _ = _kept.Exited.ContinueWith(
            _ => drained.CancelAfter(EndLimit), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        var reason = await ReadAnswersAsync(drained.Token);
        _kept.Kill();
        try
        {
            var code = await _kept.Exited.WaitAsync(EndLimit, _time);
            reason ??= Volatile.Read(ref _reason)
                ?? $"ended with exit code {code.ToString(CultureInfo.InvariantCulture)}";
            await errors.WaitAsync(EndLimit, _time);
        }
        catch (TimeoutException)
        {
            reason ??= "closed its output, and the system has not ended it";
        }

        End(Failed(reason + _stray.Last));
    }

    /// <summary>Until the output ends, or must not be read on: then, why not.</summary>
    private async Task<string?> ReadAnswersAsync(CancellationToken drained)
    {
        var reader = new ProcessorLineReader(_kept.Output, ProcessorLineReader.MaxLineBytes);
        try
        {
            while (await reader.ReadAsync(drained).AsTask().WaitAsync(drained) is { } line)
            {
                if (!line.IsWhole)
                {
                    return $"wrote a line of more than {ProcessorLineReader.MaxLineBytes} bytes and was ended";
                }

                if (_ready.Task.IsCompleted)
                {
                    Take(line.Bytes);
                }
                else if (ReadyFault(line.Bytes) is { } fault)
                {
                    return fault;
                }
            }
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException)
        {
            return $"cannot be read from: {broken.Message}";
        }
        catch (OperationCanceledException)
        {
            // It has ended, and what it wrote is read.
        }

        return null;
    }

    private string? ReadyFault(ReadOnlyMemory<byte> line)
    {
        var expected = ProcessorLoop.ReadyLine(_program.LineName);
        if (Encoding.UTF8.GetString(line.Span).Trim() != expected)
        {
            return $"began with \"{StrayLines.Shown(line.Span)}\" in place of \"{expected}\"";
        }

        _ready.SetResult();
        return null;
    }

    private void Take(ReadOnlyMemory<byte> line)
    {
        if (Parse(line) is not { } answer || Find(answer) is not { } asked || !asked.TrySetResult(answer))
        {
            _stray.Add(line.Span);
        }
    }

    private static ProcessorAnswer? Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize<ProcessorAnswer>(line.Span, ProcessorJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A line that could not be read has no id: it was the only one that was asked, or nobody knows.</summary>
    private TaskCompletionSource<ProcessorAnswer>? Find(ProcessorAnswer answer)
    {
        lock (_gate)
        {
            return answer.Id is { } id ? _asked.GetValueOrDefault(id)
                : answer.ErrMsg is not null && _asked.Count == 1 ? _asked.Values.Single()
                : null;
        }
    }

    private async Task ReadErrorsAsync()
    {
        var reader = new ProcessorLineReader(_kept.Error, MaxErrorLineBytes);
        try
        {
            while (await reader.ReadAsync(CancellationToken.None) is { } line)
            {
                if (StrayLines.Shown(line.Bytes.Span) is { Length: > 0 } words)
                {
                    Volatile.Write(ref _lastWords, words);
                    Log.Said(_logger, _program.Phase, _kept.Id, words);
                }
            }
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException)
        {
            Log.Said(_logger, _program.Phase, _kept.Id, broken.Message);
        }
    }
}
