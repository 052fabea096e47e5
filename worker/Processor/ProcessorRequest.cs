using System.Text.Json;

namespace Federation.Worker.Processor;

/// <summary>A line that asks: <c>{"id":1,"task":{…}}</c>.</summary>
/// <param name="Id">What the answer names; the asker's own choice.</param>
/// <param name="Task">The phase's task.</param>
internal sealed record ProcessorRequest(ulong Id, JsonElement Task);
