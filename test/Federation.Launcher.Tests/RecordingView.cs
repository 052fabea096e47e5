using System.Collections.Concurrent;
using Federation.Launcher.Api;
using Federation.Launcher.Parameters;
using Federation.Launcher.View;

namespace Federation.Launcher.Tests;

/// <summary>Remembers what it was to show; for several launchers at once.</summary>
internal sealed class RecordingView : IFederationView
{
    private readonly ConcurrentQueue<string> _lines = new();

    public bool ShowsWorkers => false;

    public void Say(string line) => _lines.Enqueue(line);

    public async Task ProgressAsync(
        string what, IAsyncEnumerable<GenerationProgress> updates, CancellationToken cancellationToken)
    {
        await foreach (var update in updates.WithCancellation(cancellationToken))
        {
            Say($"{what}: {update}");
        }
    }

    public async Task FollowAsync(
        IAsyncEnumerable<IReadOnlyList<SectorView>> updates, CancellationToken cancellationToken)
    {
        await foreach (var _ in updates.WithCancellation(cancellationToken))
        {
        }
    }

    public bool HasSaid(string text) => _lines.Any(line => line.Contains(text, StringComparison.Ordinal));
}
