using Federation.Discovery.Agents;
using Federation.Discovery.Store;
using Federation.MinerAgent.Jobs;
using Federation.Proto.Records;
using Microsoft.Extensions.Logging;

namespace Federation.MinerAgent.Leasing;

/// <summary>
/// Keeps this agent registered under one lease. When the lease may be lost, nothing is published until the agent is
/// registered again under a new one; who holds jobs then adopts them on it. Thread-safe.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="registry">The agents' registry.</param>
/// <param name="describe">The agent's record as it is now.</param>
/// <param name="options">Times.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Source of jitter.</param>
/// <param name="logger">The log.</param>
public sealed partial class LeaseKeeper(
    IStore store, AgentRegistry registry, Func<AgentRecord> describe, LeaseOptions options, TimeProvider time,
    Random random,
    ILogger<LeaseKeeper> logger) : ILeaseSource
{
    private readonly Signal _changed = new();
    private readonly Signal _describe = new();
    private volatile ILease? _held;

    /// <summary>Raised when a new lease is held or the present one is lost.</summary>
    public event Action? Changed;

    /// <summary>Whether the agent is registered under a live lease.</summary>
    public bool IsHeld => Live() is not null;

    /// <inheritdoc/>
    public async Task<ILease> HeldAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = _changed.Next;
            if (Live() is { } lease)
            {
                return lease;
            }

            await changed.InContext().WaitAsync(cancellationToken);
        }
    }

    /// <summary>The agent's record is to be written anew, because its workers changed.</summary>
    public void Describe() => _describe.Raise();

    /// <summary>Runs until it is cancelled; the lease is then revoked.</summary>
    /// <exception cref="NameTakenException">Another repository registered this name.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        for (var delay = new RetryDelay(
            options.FirstRetry, options.LongestRetry, time, random); ; await delay.WaitAsync(stop))
        {
            try
            {
                await HoldOnceAsync(delay, stop);
            }
            catch (Exception error) when (
                error is StoreUnavailableException or OutcomeUnknownException or LeaseNotFoundException)
            {
                Log.NotHeld(logger, error);
            }
        }
    }

    private async Task HoldOnceAsync(RetryDelay delay, CancellationToken stop)
    {
        await using var lease = await store.GrantLeaseAsync(options.TimeToLive, stop);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(lease.Lost, stop);
        try
        {
            var registered = await RegisterAsync(lease, either.Token);
            delay.Reset();
            Log.Held(logger, lease.Id);
            _held = lease;
            Tell();
            await KeepDescribedAsync(registered, lease, either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            Log.Lost(logger, lease.Id);
        }
        finally
        {
            _held = null;
            Tell();
        }
    }

    private async Task<RegisterResult.Registered> RegisterAsync(ILease lease, CancellationToken either) =>
        await registry.RegisterAsync(describe(), lease, either) switch
        {
            RegisterResult.Registered registered => registered,
            RegisterResult.Refused refused => throw new NameTakenException(refused.Reason),
            var other => throw new InvalidOperationException($"unknown answer {other}"),
        };

    /// <summary>Writes the record anew when it differs, at most once per interval; ends with the lease.</summary>
    private async Task KeepDescribedAsync(RegisterResult.Registered registered, ILease lease, CancellationToken either)
    {
        var seen = registered.Agent;
        while (true)
        {
            var wanted = _describe.Next;
            var now = describe();
            now.Version = seen.Record.Version;
            if (!now.Equals(seen.Record))
            {
                if (await registry.UpdateAsync(seen, now, lease, either) is not RegisterResult.Registered updated)
                {
                    return;
                }

                seen = updated.Agent;
                await Task.Delay(options.DescribeInterval, time, either);
                continue;
            }

            await wanted.InContext().WaitAsync(either);
        }
    }

    private ILease? Live() => _held is { } lease && !lease.Lost.IsCancellationRequested ? lease : null;

    private void Tell()
    {
        _changed.Raise();
        Changed?.Invoke();
    }
}
