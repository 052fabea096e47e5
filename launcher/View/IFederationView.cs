using Federation.Launcher.Api;
using Federation.Launcher.Parameters;

namespace Federation.Launcher.View;

/// <summary>Shows what goes on.</summary>
internal interface IFederationView
{
    /// <summary>Says one thing that was done, or is being waited for.</summary>
    void Say(string line);

    /// <summary>Whether it shows which worker runs which phase. Asking for that crosses the WAN.</summary>
    bool ShowsWorkers { get; }

    /// <summary>Shows how far something is that takes long, until the source ends.</summary>
    /// <param name="what">What is being made.</param>
    /// <param name="updates">How far it is, some times a second.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task ProgressAsync(
        string what, IAsyncEnumerable<GenerationProgress> updates, CancellationToken cancellationToken);

    /// <summary>Shows the sectors until the source ends.</summary>
    Task FollowAsync(IAsyncEnumerable<IReadOnlyList<SectorView>> updates, CancellationToken cancellationToken);
}
