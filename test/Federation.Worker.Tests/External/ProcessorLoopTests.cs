using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Federation.Worker.Phases;
using Federation.Worker.Processor;
using Microsoft.Extensions.Logging.Abstractions;

namespace Federation.Worker.Tests.External;

/// <summary>The answering side of the lines, over streams.</summary>
public sealed class ProcessorLoopTests
{
    [Fact]
    public async Task RunAsync_Lines_AreAnsweredOneByOneBehindTheReadyLine()
    {
        var lines = await ServeAsync("""
            {"id":1,"task":{"say":"a"}}
            {"id":18446744073709551615,"task":{"say":"b"},"more":[1]}
            """, Echo);

        Assert.Equal(
            [
                "pc2 processor ready",
                """{"id":1,"err_msg":null,"output":{"say":"a"}}""",
                """{"id":18446744073709551615,"err_msg":null,"output":{"say":"b"}}""",
            ],
            lines);
    }

    [Theory]
    [InlineData("hello", "null", "is no task of pc2: 'h' is an invalid start of a value, at byte 0")]
    [InlineData("", "null", "is no task of pc2")]
    [InlineData("7", "null", "is no task of pc2: it is of another kind")]
    [InlineData("null", "null", "is no task of pc2")]
    [InlineData("[]", "null", "is no task of pc2: it is of another kind")]
    [InlineData("""{"id":"x","task":{}}""", "null", "is no task of pc2: $.id is of another kind")]
    [InlineData("""{"id":-1,"task":{}}""", "null", "is no task of pc2: $.id is of another kind")]
    [InlineData("""{"task":{}}""", "null", "is no task of pc2: it lacks 'id'")]
    [InlineData("""{"id":7}""", "7", "is no task of pc2: it lacks 'task'")]
    [InlineData("""{"id":7,"task":{"say":1}}""", "7", "is no task of pc2: $.say is of another kind")]
    [InlineData("""{"id":7,"task":[]}""", "7", "is no task of pc2: it is of another kind")]
    [InlineData("""{"id":7,"task":null}""", "7", "the task is null")]
    public async Task RunAsync_LineThatIsNoTask_IsAnsweredAndTheNextIsServed(string line, string id, string reason)
    {
        var lines = await ServeAsync($"{line}\n{{\"id\":8,\"task\":{{\"say\":\"after\"}}}}\n", Echo);

        Assert.Equal(3, lines.Count);
        var answer = JsonDocument.Parse(lines[1]).RootElement;
        Assert.Equal(id, answer.GetProperty("id").GetRawText());
        Assert.Contains(reason, answer.GetProperty("err_msg").GetString());
        Assert.Equal("invalid_input", answer.GetProperty("fault").GetString());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("output").ValueKind);
        Assert.Equal("""{"id":8,"err_msg":null,"output":{"say":"after"}}""", lines[2]);
    }

    [Fact]
    public async Task RunAsync_LineBeyondTheLimit_IsRefusedAndTheNextIsServed()
    {
        var lines = await ServeAsync(
            new string(' ', ProcessorLineReader.MaxLineBytes + 5) + "\n{\"id\":8,\"task\":{\"say\":\"after\"}}", Echo);

        Assert.Contains("longer than 16777216 bytes", lines[1]);
        Assert.Contains("\"after\"", lines[2]);
    }

    [Theory]
    [InlineData(PhaseFault.InvalidInput, "invalid_input")]
    [InlineData(PhaseFault.Storage, "storage")]
    public async Task RunAsync_TaskFails_SaysWhatOf(PhaseFault fault, string word)
    {
        var lines = await ServeAsync(
            """{"id":3,"task":{}}""", (_, _) => throw new PhaseException(fault, "layer 2 is \"missing\""));

        Assert.Equal(
            $$"""{"id":3,"err_msg":"layer 2 is \"missing\"","fault":"{{word}}","output":null}""", lines[1]);
    }

    [Fact]
    public async Task RunAsync_TaskIsADefect_CostsNoOther()
    {
        var lines = await ServeAsync(
            "{\"id\":3,\"task\":{\"say\":\"x\"}}\n{\"id\":4,\"task\":{\"say\":\"y\"}}",
            (task, cancelled) => task.GetProperty("say").GetString() == "x"
                ? throw new InvalidOperationException("oops") : Echo(task, cancelled));

        Assert.Equal("""{"id":3,"err_msg":"pc2 failed unexpectedly: oops","output":null}""", lines[1]);
        Assert.Contains("\"y\"", lines[2]);
    }

    [Fact]
    public async Task RunAsync_ConcurrencyOfTwo_RunsTwoAndNoMore()
    {
        var (started, release) = (new SemaphoreSlim(0), new SemaphoreSlim(0));
        var (running, most) = (0, 0);
        var input = new Pipe();
        var output = new MemoryStream();
        var loop = new ProcessorLoop(
            "pc2", 2,
            async (task, cancelled) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref running));
                started.Release();
                await release.WaitAsync(Bounds.Limit, cancelled);
                Interlocked.Decrement(ref running);
                return task;
            },
            NullLogger<ProcessorLoop>.Instance);
        var serving = loop.RunAsync(input.Reader.AsStream(), output, default);

        await input.Writer.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(
            Enumerable.Range(1, 4).Select(id => $"{{\"id\":{id},\"task\":{{}}}}\n"))));
        await input.Writer.CompleteAsync();
        Assert.True(await started.WaitAsync(Bounds.Limit) && await started.WaitAsync(Bounds.Limit));
        Assert.False(serving.IsCompleted);
        release.Release(4);
        await serving.WaitAsync(Bounds.Limit);

        Assert.Equal(2, most);
        Assert.Equal(5, LinesOf(output).Count);
    }

    [Fact]
    public async Task RunAsync_NobodyReads_EndsTheOtherTasksToo()
    {
        var input = new Pipe();
        var output = new BreakingStream();
        var loop = new ProcessorLoop(
            "pc2", 2,
            async (task, cancelled) =>
            {
                await Task.Delay(task.GetProperty("wait").GetInt32(), cancelled);
                return task;
            },
            NullLogger<ProcessorLoop>.Instance);
        await input.Writer.WriteAsync("{\"id\":1,\"task\":{\"wait\":-1}}\n{\"id\":2,\"task\":{\"wait\":0}}\n"u8.ToArray());

        await Assert.ThrowsAsync<IOException>(
            () => loop.RunAsync(input.Reader.AsStream(), output, default).WaitAsync(Bounds.Limit));
    }

    private static Task<object> Echo(JsonElement task, CancellationToken cancellationToken) => Task.FromResult<object>(
        task.Deserialize<Said>(ProcessorJson.Options) ?? throw new JsonException("the task is null"));

    private static async Task<IReadOnlyList<string>> ServeAsync(
        string input, Func<JsonElement, CancellationToken, Task<object>> run)
    {
        var output = new MemoryStream();
        var loop = new ProcessorLoop("pc2", 1, run, NullLogger<ProcessorLoop>.Instance);
        await loop.RunAsync(new MemoryStream(Encoding.UTF8.GetBytes(input)), output, default).WaitAsync(Bounds.Limit);
        return LinesOf(output);
    }

    private static List<string> LinesOf(MemoryStream output) =>
        [.. Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    private sealed record Said(string Say);

    /// <summary>Takes the ready line and nothing more.</summary>
    private sealed class BreakingStream : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            Length == 0 ? base.WriteAsync(buffer, cancellationToken) : throw new IOException("the pipe is broken");
    }
}
