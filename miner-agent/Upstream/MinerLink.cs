using Federation.MinerAgent.Jobs;
using Federation.MinerAgent.Scheduling;
using Federation.MinerAgent.Workers;
using Federation.Proto.Gates;
using Federation.Proto.Records;
using Federation.Proto.Transport;
using Microsoft.Extensions.Logging;

namespace Federation.MinerAgent.Upstream;

/// <summary>
/// Holds the stream to the acting miner open, dialling out again whenever it ends. Sealing does not need it: what
/// decides travels through the store; over this stream the miner asks what an operator wants to see or stop.
/// </summary>
public sealed partial class MinerLink(
    LeaderWatch leader, MinerDial dial, AgentHello hello, WorkerPool pool, SealScheduler scheduler, TimeProvider time,
    Func<RetryDelay> newDelay, ILogger<MinerLink> logger)
{
    private static readonly TimeSpan WelcomeTimeout = TimeSpan.FromSeconds(10);

    private bool _wasAttached;

    /// <summary>Whether the stream is open and answered.</summary>
    public bool IsAttached { get; private set; }

    /// <summary>Runs until it is cancelled.</summary>
    /// <exception cref="MinerRefusedException">The miner refused this agent before it had ever taken it.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        for (var delay = newDelay(); ; await delay.WaitAsync(stop))
        {
            var miner = await leader.FindAsync(stop);
            try
            {
                await AttachAsync(miner, delay, stop);
                Log.Ended(logger, miner.ServeAddress);
            }
            catch (RpcException error) when (!stop.IsCancellationRequested)
            {
                RequireWelcome(error);
                Log.Broken(logger, miner.ServeAddress, error.Status.ToString());
            }
            catch (Exception error) when (error is IOException or TimeoutException or UriFormatException)
            {
                Log.Broken(logger, miner.ServeAddress, error.Message);
            }
            finally
            {
                IsAttached = false;
            }
        }
    }

    private async Task AttachAsync(LeaderRecord miner, RetryDelay delay, CancellationToken stop)
    {
        using var channel = dial.ToGate(miner.ServeAddress);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var call = new MinerGateClient(channel).Attach(end.Token);
        var welcomed = call.AskAsync(new AgentMessage { Hello = hello }, end.Token);
        if (!await welcomed.WaitAsync(WelcomeTimeout, time, end.Token)
            || call.ResponseStream.Current.Welcome is not { } welcome)
        {
            throw new IOException("the miner did not greet this agent");
        }

        Log.Attached(logger, miner.ServeAddress, welcome.Miner, welcome.Term);
        (IsAttached, _wasAttached) = (true, true);
        delay.Reset();
        while (await call.ResponseStream.MoveNext(end.Token))
        {
            if (Answer(call.ResponseStream.Current) is { } reply)
            {
                await call.RequestStream.WriteAsync(reply, end.Token);
            }
        }
    }

    private AgentMessage? Answer(MinerMessage message) => message.KindCase switch
    {
        MinerMessage.KindOneofCase.Workers => new AgentMessage
        {
            Workers = WorkersReport.Collect(message.Workers.Id, pool, scheduler, time),
        },
        MinerMessage.KindOneofCase.Cancel => new AgentMessage { Cancel = Cancel(message.Cancel) },
        _ => null,
    };

    private CancelReply Cancel(CancelRequest request)
    {
        var runs = pool.Runs().Where(run => run.Key.Sector == request.Sector).ToList();
        runs.ForEach(run => pool.Cancel(run, "cancelled by an operator"));
        return new CancelReply { Id = request.Id, Error = runs.Count > 0 ? ""
            : $"nothing runs for sector {request.Sector}" };
    }

    /// <summary>A refusal is the operator's to put right; one that comes later may be the miner's and passes.</summary>
    private void RequireWelcome(RpcException error)
    {
        if (!_wasAttached && error.StatusCode is StatusCode.FailedPrecondition or StatusCode.Unauthenticated
            or StatusCode.PermissionDenied or StatusCode.InvalidArgument)
        {
            throw new MinerRefusedException(error.Status.Detail, error);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4500, LogLevel.Information, "attached to miner {Miner} at {Address}, term {Term}")]
        public static partial void Attached(ILogger logger, string address, string miner, ulong term);

        [LoggerMessage(4501, LogLevel.Warning, "the miner at {Address} is not reached: {Reason}; trying again")]
        public static partial void Broken(ILogger logger, string address, string reason);

        [LoggerMessage(4502, LogLevel.Warning, "the miner at {Address} ended the stream; dialling again")]
        public static partial void Ended(ILogger logger, string address);
    }
}
