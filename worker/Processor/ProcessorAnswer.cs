using System.Text.Json;
using System.Text.Json.Serialization;

namespace Federation.Worker.Processor;

/// <summary>A line that answers: <c>{"id":1,"err_msg":null,"output":{…}}</c>.</summary>
internal sealed record ProcessorAnswer
{
    /// <summary>The task that it answers; null: a line in which no id could be read.</summary>
    public ulong? Id { get; init; }

    /// <summary>Why the task failed, in one sentence; null when it did not.</summary>
    public string? ErrMsg { get; init; }

    /// <summary>What a failed task failed of, one of <see cref="ProcessorFaults"/>; null: nothing is known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Fault { get; init; }

    /// <summary>The phase's result.</summary>
    public JsonElement? Output { get; init; }
}
