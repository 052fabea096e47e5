using Federation.Proto.Transport;
using Google.Protobuf.WellKnownTypes;

namespace Federation.Proto.Tests.Support;

/// <summary>A service whose handlers a test supplies; without one, a method echoes.</summary>
internal sealed class ScriptedService : RpcServiceBase
{
    public override string ServiceName => ScriptedMethods.ServiceName;

    public Func<BytesValue, ServerCallContext, Task<BytesValue>> One { get; init; } =
        (request, _) => Task.FromResult(request);

    public Func<IAsyncStreamReader<BytesValue>, ServerCallContext, Task<BytesValue>> Collect { get; init; } =
        static async (requests, context) =>
        {
            var sum = 0;
            await foreach (var request in requests.ReadAllAsync(context.CancellationToken))
            {
                sum += request.Value.Length;
            }

            return ScriptedMethods.Text($"{sum}");
        };

    public Func<BytesValue, IServerStreamWriter<BytesValue>, ServerCallContext, Task> Expand { get; init; } =
        static async (request, responses, context) =>
        {
            foreach (var value in request.Value)
            {
                await responses.WriteAsync(ScriptedMethods.Bytes(value), context.CancellationToken);
            }
        };

    public Func<IAsyncStreamReader<BytesValue>, IServerStreamWriter<BytesValue>, ServerCallContext, Task> Chat
    {
        get;
        init;
    } =
        static async (requests, responses, context) =>
        {
            await foreach (var request in requests.ReadAllAsync(context.CancellationToken))
            {
                await responses.WriteAsync(request, context.CancellationToken);
            }
        };

    protected internal override void Bind(RpcServiceBinder binder)
    {
        binder.Unary(ScriptedMethods.One, One);
        binder.ClientStreaming(ScriptedMethods.Collect, Collect);
        binder.ServerStreaming(ScriptedMethods.Expand, Expand);
        binder.Duplex(ScriptedMethods.Chat, Chat);
    }
}
