using Federation.Launcher.Api;

namespace Federation.Launcher.View;

/// <summary>Shows what goes on.</summary>
internal interface IFederationView
{
    /// <summary>Says one thing that was done, or is being waited for.</summary>
    void Say(string line);

    /// <summary>Whether it shows which worker runs which phase. Asking for that crosses the WAN.</summary>
    bool ShowsWorkers { get; }

    /// <summary>Shows the sectors until the source ends.</summary>
    Task FollowAsync(IAsyncEnumerable<IReadOnlyList<SectorView>> updates, CancellationToken cancellationToken);
}
