using Federation.MinerAgent.Jobs;
using Federation.MinerAgent.Workers;
using Federation.Proto.Gates;
using Federation.Proto.Transport;
using Microsoft.Extensions.Logging;

namespace Federation.MinerAgent.Gate;

/// <summary>
/// Serves workers: one session each. A worker is answered only when this agent knows what it held before, so that
/// nothing a worker brings back is thrown away for want of knowledge.
/// </summary>
public sealed partial class WorkerGateService(
    WorkerPool pool, JobSet jobs, GateIdentity identity, ILogger<WorkerGateService> logger) : WorkerGateServiceBase
{
    private static readonly TimeSpan RegisterTimeout = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public override async Task SessionAsync(
        IAsyncStreamReader<WorkerMessage> requests, IServerStreamWriter<AgentCommand> responses,
        ServerCallContext context)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        var register = await ReadRegistrationAsync(requests, end.Token);
        await jobs.Ready.WaitAsync(end.Token);
        var session = new WorkerSession();
        await responses.WriteAsync(new AgentCommand { Registered = Answer() }, end.Token);
        pool.Connected(register, session);
        var writing = WriteAsync(session, responses, end.Token);
        var reading = ReadAsync(register.WorkerId, requests, end.Token);
        try
        {
            await await Task.WhenAny(writing, reading);
        }
        catch (Exception error) when (error is RpcException or IOException or OperationCanceledException)
        {
            Log.Broken(logger, register.WorkerId, error.Message);
        }
        finally
        {
            pool.Disconnected(register.WorkerId, session);
            session.Close("the session has ended");
            await end.CancelAsync();
            await Task.WhenAll(writing, reading).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    private async Task<WorkerRegister> ReadRegistrationAsync(
        IAsyncStreamReader<WorkerMessage> requests, CancellationToken end)
    {
        if (!await NextAsync(requests, end) || requests.Current.KindCase != WorkerMessage.KindOneofCase.Register)
        {
            throw new RpcException(StatusCode.InvalidArgument, "A session begins with the worker's registration.");
        }

        var register = requests.Current.Register;
        if (RegistrationCheck.Problem(register, identity.Miner, identity.SectorSize()) is not { } problem)
        {
            return register;
        }

        Log.Refused(logger, problem);
        throw new RpcException(StatusCode.FailedPrecondition, problem);
    }

    /// <summary>Whoever opens a session and says nothing does not hold it for ever.</summary>
    private static async Task<bool> NextAsync(IAsyncStreamReader<WorkerMessage> requests, CancellationToken end)
    {
        try
        {
            return await requests.MoveNext(end).WaitAsync(RegisterTimeout, end);
        }
        catch (TimeoutException error)
        {
            throw new RpcException(
                StatusCode.DeadlineExceeded, $"No registration came within {RegisterTimeout.TotalSeconds:0} s.", error);
        }
    }

    private Registered Answer() => new()
    {
        Agent = identity.Agent,
        Region = identity.Region,
        Miner = identity.Miner,
        SectorSize = identity.SectorSize(),
        Storage = { identity.Storage },
    };

    private static async Task WriteAsync(
        WorkerSession session, IServerStreamWriter<AgentCommand> responses, CancellationToken end)
    {
        await foreach (var command in session.Commands.ReadAllAsync(end))
        {
            await responses.WriteAsync(command, end);
        }

        throw new RpcException(StatusCode.Aborted, session.CloseReason ?? "the session has ended");
    }

    private async Task ReadAsync(string worker, IAsyncStreamReader<WorkerMessage> requests, CancellationToken end)
    {
        while (await requests.MoveNext(end))
        {
            var message = requests.Current;
            switch (message.KindCase)
            {
                case WorkerMessage.KindOneofCase.Result:
                    pool.Finished(worker, message.Result);
                    break;
                case WorkerMessage.KindOneofCase.Progress:
                    pool.Progressed(worker, message.Progress);
                    break;
                case WorkerMessage.KindOneofCase.Rejected:
                    pool.Rejected(worker, message.Rejected);
                    break;
                case WorkerMessage.KindOneofCase.Load:
                    pool.Loaded(worker, message.Load);
                    break;
                default:
                    Log.Ignored(logger, worker, message.KindCase);
                    break;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4400, LogLevel.Information, "session of worker {Worker} ended: {Reason}")]
        public static partial void Broken(ILogger logger, string worker, string reason);

        [LoggerMessage(4401, LogLevel.Warning, "a worker was refused: {Reason}")]
        public static partial void Refused(ILogger logger, string reason);

        [LoggerMessage(4402, LogLevel.Debug, "worker {Worker} sent {Kind}, which is ignored")]
        public static partial void Ignored(ILogger logger, string worker, WorkerMessage.KindOneofCase kind);
    }
}
