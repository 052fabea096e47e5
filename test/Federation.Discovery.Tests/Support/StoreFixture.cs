using System.Globalization;
using Federation.Discovery.Store;

namespace Federation.Discovery.Tests.Support;

/// <summary>A backend under test. Tests share it and keep apart by their own miner's address.</summary>
public abstract class StoreFixture : IAsyncLifetime
{
    private static int s_miners = 1000;

    public abstract IStore Store { get; }

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual Task DisposeAsync() => Task.CompletedTask;

    /// <summary>Keys that no other test uses.</summary>
    public static FederationKeys NewKeys() =>
        new("t0" + Interlocked.Increment(ref s_miners).ToString(CultureInfo.InvariantCulture));
}
