using System.Threading.Channels;
using Federation.Hosting.Net;
using Federation.Hosting.Units;
using Federation.Proto.Gates;
using Federation.Proto.Transport;
using Federation.Worker.Tasks;
using Microsoft.Extensions.Logging;

namespace Federation.Worker.Session;

/// <summary>
/// Keeps this worker in touch with its agent, for ever: a session that breaks is dialled again after a wait, each try
/// logged, while the worker's tasks go on.
/// </summary>
public sealed partial class AgentSession(
    ApiInfo agent, TlsCredentials? tls, WorkerProfile profile, WorkerTasks tasks, StorageMap storage, TimeProvider time,
    Reconnect reconnect, ILogger<AgentSession> logger)
{
    private const int MaxQueued = 4096;
    private const string Remedy =
        "take AGENT_API_INFO from the files token and api in the agent's repository, and see that 'miner-agent run' "
        + "runs there";

    private static readonly TimeSpan RegisterTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ReminderInterval = TimeSpan.FromSeconds(15);

    private readonly long _created = time.GetTimestamp();
    private bool _wasRegistered;

    /// <summary>How long the first registration is tried for; later the agent is dialled without end.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Runs until it is cancelled.</summary>
    /// <exception cref="AgentRefusedException">
    /// The agent refused this worker before it had ever taken it, or no agent answered within <see
    /// cref="StartTimeout"/>.
    /// </exception>
    public async Task RunAsync(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await ServeOnceAsync(stop);
                Log.Ended(logger, agent);
            }
            catch (RpcException error) when (!stop.IsCancellationRequested)
            {
                RequireWelcome(error);
                RequireTime(error.Status.ToString(), error);
                Log.Broken(logger, agent, error.Status.ToString());
            }
            catch (Exception error) when (error is IOException or TimeoutException
                || (error is OperationCanceledException && !stop.IsCancellationRequested))
            {
                RequireTime(error.Message, error);
                Log.Broken(logger, agent, error.Message);
            }

            await Task.Delay(reconnect.Next(), time, stop);
        }
    }

    private async Task ServeOnceAsync(CancellationToken stop)
    {
        using var channel = new RpcChannel(agent.Address.HttpUri, Options());
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var call = new WorkerGateClient(channel).Session(end.Token);
        var outgoing = Channel.CreateBounded<WorkerMessage>(new BoundedChannelOptions(MaxQueued)
        {
            // What is dropped is progress, or a result that is kept on disk and sent again.
            FullMode = BoundedChannelFullMode.DropOldest,
        });
        void Enqueue(WorkerMessage message) => outgoing.Writer.TryWrite(message);
        tasks.Produced += Enqueue;
        try
        {
            await RegisterAsync(call, end.Token);
            await FirstOfAsync(
                end, ReceiveAsync(call, end.Token), SendAsync(call, outgoing.Reader, end.Token),
                RemindAsync(outgoing.Writer, end.Token));
        }
        finally
        {
            tasks.Produced -= Enqueue;
        }
    }

    /// <summary>All have ended when this does: no command of this session is obeyed once the next one begins.</summary>
    private static async Task FirstOfAsync(CancellationTokenSource end, params Task[] loops)
    {
        try
        {
            await await Task.WhenAny(loops);
        }
        finally
        {
            await end.CancelAsync();
            await Task.WhenAll(loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RegisterAsync(DuplexCall<WorkerMessage, AgentCommand> call, CancellationToken end)
    {
        var asked = call.AskAsync(new WorkerMessage { Register = Registration() }, end);
        if (!await asked.WaitAsync(RegisterTimeout, time, end)
            || call.ResponseStream.Current.Registered is not { } registered)
        {
            throw new IOException("the agent did not answer the registration");
        }

        _wasRegistered = true;
        reconnect.Reset();
        storage.Set(registered.Storage);
        Log.Registered(logger, registered.Agent, registered.Region, profile.Id);
        foreach (var result in tasks.Results())
        {
            await call.RequestStream.WriteAsync(new WorkerMessage { Result = result }, end);
        }
    }

    private async Task ReceiveAsync(DuplexCall<WorkerMessage, AgentCommand> call, CancellationToken end)
    {
        while (await call.ResponseStream.MoveNext(end))
        {
            var command = call.ResponseStream.Current;
            switch (command.KindCase)
            {
                case AgentCommand.KindOneofCase.Assign:
                    tasks.Start(command.Assign);
                    break;
                case AgentCommand.KindOneofCase.Cancel:
                    // Not awaited: the next command must not wait for a phase to come to its end.
                    _ = CancelAsync(command.Cancel);
                    break;
                case AgentCommand.KindOneofCase.Taken:
                    Forget(command.Taken.TaskId);
                    break;
            }
        }
    }

    /// <summary>A file that stays is found at the next start, and the agent then says the same again.</summary>
    private void Forget(string taskId)
    {
        try
        {
            tasks.Taken(taskId);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.NotForgotten(logger, taskId, error);
        }
    }

    private async Task CancelAsync(CancelTask cancel)
    {
        try
        {
            await tasks.CancelAsync(cancel.TaskId, cancel.Reason);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.NotDiscarded(logger, cancel.TaskId, error);
        }
    }

    private static async Task SendAsync(
        DuplexCall<WorkerMessage, AgentCommand> call, ChannelReader<WorkerMessage> outgoing, CancellationToken end)
    {
        await foreach (var message in outgoing.ReadAllAsync(end))
        {
            await call.RequestStream.WriteAsync(message, end);
        }
    }

    /// <summary>Tells the load, and again each result that has not been taken: an answer may have been lost.</summary>
    private async Task RemindAsync(ChannelWriter<WorkerMessage> outgoing, CancellationToken end)
    {
        while (true)
        {
            await Task.Delay(ReminderInterval, time, end);
            outgoing.TryWrite(new WorkerMessage { Load = MachineLoad.Read(profile.MemoryBytes) });
            foreach (var result in tasks.Results())
            {
                outgoing.TryWrite(new WorkerMessage { Result = result });
            }
        }
    }

    private WorkerRegister Registration()
    {
        var register = new WorkerRegister
        {
            WorkerId = profile.Id.ToString(),
            Session = profile.Session.ToString(),
            Hostname = profile.Hostname,
            Software = profile.Software,
            Cpus = (uint)Environment.ProcessorCount,
            Load = MachineLoad.Read(profile.MemoryBytes),
            SectorSize = profile.SectorSize,
            Miner = profile.Miner,
            Group = profile.Group,
            Pc1Lanes = profile.Lanes,
            Pc1LanesMemory = profile.Lanes > 0 ? profile.LanesMemoryBytes : 0,
        };
        register.Phases.AddRange(profile.Phases);
        register.Slots.Add(profile.Slots.ToDictionary());
        register.Running.AddRange(tasks.Tasks());
        return register;
    }

    private RpcChannelOptions Options() => new()
    {
        Tls = tls,
        TimeProvider = time,
        MetadataProvider = _ => ValueTask.FromResult(new Metadata { { "authorization", $"Bearer {agent.Token}" } }),
    };

    /// <summary>A refusal at the start is the operator's to put right; a later one may be the agent's and
    /// passes.</summary>
    private void RequireWelcome(RpcException error)
    {
        if (_wasRegistered)
        {
            return;
        }

        switch (error.StatusCode)
        {
            case StatusCode.FailedPrecondition or StatusCode.InvalidArgument:
                throw new AgentRefusedException(error.Status.Detail, error);
            case StatusCode.Unauthenticated or StatusCode.PermissionDenied:
                throw new AgentRefusedException(
                    $"the agent at {agent.Address} refuses this worker's token: {error.Status.Detail}", error);
            case StatusCode.Unavailable when error.InnerException is ForeignServerException:
                throw new AgentRefusedException(
                    $"what answers at {agent.Address} of AGENT_API_INFO is no agent's gRPC port: it does not speak "
                    + "HTTP/2", error, Remedy);
            case StatusCode.Unimplemented:
                throw new AgentRefusedException(
                    $"what answers at {agent.Address} of AGENT_API_INFO is no agent", error, Remedy);
        }
    }

    /// <summary>A wrong address is the operator's to put right as well, but looks like an agent that is still to
    /// start.</summary>
    private void RequireTime(string reason, Exception error)
    {
        if (!_wasRegistered && time.GetElapsedTime(_created) >= StartTimeout)
        {
            throw new AgentRefusedException(
                $"no agent answered at {agent.Address} of AGENT_API_INFO within {GoDuration.Format(StartTimeout)} "
                + $"({reason})", error, Remedy);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(5200, LogLevel.Information,
            "registered with agent {Agent} of region {Region} as worker {Worker}")]
        public static partial void Registered(ILogger logger, string agent, string region, Guid worker);

        [LoggerMessage(5201, LogLevel.Warning, "the agent at {Agent} is not reached: {Reason}; trying again")]
        public static partial void Broken(ILogger logger, ApiInfo agent, string reason);

        [LoggerMessage(5202, LogLevel.Warning, "the agent at {Agent} ended the session; dialling again")]
        public static partial void Ended(ILogger logger, ApiInfo agent);

        [LoggerMessage(5203, LogLevel.Warning, "the folder of cancelled task {Task} cannot be removed")]
        public static partial void NotDiscarded(ILogger logger, string task, Exception error);

        [LoggerMessage(5204, LogLevel.Warning,
            "the file of result {Task}, which the agent has taken, cannot be removed")]
        public static partial void NotForgotten(ILogger logger, string task, Exception error);
    }
}
