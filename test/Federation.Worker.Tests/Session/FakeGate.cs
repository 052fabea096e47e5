using System.Net;
using System.Threading.Channels;
using Federation.Proto.Gates;
using Federation.Proto.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Federation.Worker.Tests.Session;

/// <summary>An agent's gate that records what workers say and lets the test answer.</summary>
internal sealed class FakeGate : WorkerGateServiceBase, IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<WorkerMessage> _heard = Channel.CreateUnbounded<WorkerMessage>();
    private readonly Channel<AgentCommand> _commands = Channel.CreateUnbounded<AgentCommand>();
    private CancellationTokenSource _drop = new();

    private FakeGate(WebApplication app) => _app = app;

    public Func<WorkerRegister, RpcException?> Refuse { get; set; } = _ => null;

    public Registered Registered { get; } = new() { Agent = "a", Region = "east", Miner = "t01000", SectorSize = 2048 };

    public string? Authorization { get; private set; }

    public int Port { get; private set; }

    public static async Task<FakeGate> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.ConfigureForRpc();
            kestrel.ListenRpc(new IPEndPoint(IPAddress.Loopback, 0));
        });
        var app = builder.Build();
        var gate = new FakeGate(app);
        app.UseRouting();
        app.MapRpcService(gate);
        await app.StartAsync();
        gate.Port = new Uri(app.Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
        return gate;
    }

    public async Task<WorkerMessage> HearAsync(WorkerMessage.KindOneofCase kind)
    {
        using var bound = new CancellationTokenSource(Bounds.Limit);
        while (true)
        {
            var message = await _heard.Reader.ReadAsync(bound.Token);
            if (message.KindCase == kind)
            {
                return message;
            }
        }
    }

    public void Send(AgentCommand command) => _commands.Writer.TryWrite(command);

    /// <summary>Breaks the present session.</summary>
    public void Drop() => Interlocked.Exchange(ref _drop, new CancellationTokenSource()).Cancel();

    public override async Task SessionAsync(
        IAsyncStreamReader<WorkerMessage> requests, IServerStreamWriter<AgentCommand> responses,
        ServerCallContext context)
    {
        Authorization = context.RequestHeaders.GetValue("authorization");
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, _drop.Token);
        await requests.MoveNext(end.Token);
        if (Refuse(requests.Current.Register) is { } refusal)
        {
            throw refusal;
        }

        await responses.WriteAsync(new AgentCommand { Registered = Registered }, end.Token);
        _heard.Writer.TryWrite(requests.Current);
        var listening = ListenAsync(requests, end.Token);
        try
        {
            await foreach (var command in _commands.Reader.ReadAllAsync(end.Token))
            {
                await responses.WriteAsync(command, end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            throw new RpcException(StatusCode.Unavailable, "dropped by the test");
        }
        finally
        {
            await listening.ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        Drop();
        await _app.StopAsync(timeout.Token);
        await _app.DisposeAsync();
        _drop.Dispose();
    }

    private async Task ListenAsync(IAsyncStreamReader<WorkerMessage> requests, CancellationToken end)
    {
        while (await requests.MoveNext(end))
        {
            _heard.Writer.TryWrite(requests.Current);
        }
    }
}
