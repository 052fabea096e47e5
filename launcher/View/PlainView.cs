using System.Globalization;
using Federation.Launcher.Api;
using Federation.Launcher.Parameters;

namespace Federation.Launcher.View;

/// <summary>Plain lines, one per change, for where there is no terminal. They leave workers out.</summary>
internal sealed class PlainView(TextWriter output, TimeProvider time) : IFederationView
{
    private readonly long _started = time.GetTimestamp();
    private readonly RowClock _clock = new(time);

    /// <inheritdoc/>
    public bool ShowsWorkers => false;

    /// <inheritdoc/>
    public void Say(string line) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{time.GetElapsedTime(_started).TotalSeconds,7:0.0}s  {line}"));

    /// <summary>A line for each tenth.</summary>
    public async Task ProgressAsync(
        string what, IAsyncEnumerable<GenerationProgress> updates, CancellationToken cancellationToken)
    {
        var tenths = 0;
        await foreach (var update in updates.WithCancellation(cancellationToken))
        {
            if ((int)(10 * update.Part) is var now && now > tenths)
            {
                tenths = now;
                Say($"{what}: {update.ToString().TrimStart()}");
            }
        }
    }

    /// <inheritdoc/>
    public async Task FollowAsync(
        IAsyncEnumerable<IReadOnlyList<SectorView>> updates, CancellationToken cancellationToken)
    {
        await foreach (var sectors in updates.WithCancellation(cancellationToken))
        {
            foreach (var (row, _) in _clock.Update(sectors).Where(update => update.IsNew))
            {
                Say(Line(row.Sector));
            }
        }
    }

    private static string Line(SectorView sector)
    {
        var place = sector.Region.Length == 0 ? "" : $" in {sector.Region}";
        var error = sector.NeedsOperator ? $", needs an operator: {sector.LastError}" : "";
        var wait = sector.Wait.Length == 0 ? "" : $", waits: {sector.Wait}";
        return $"sector {sector.Number}: {sector.State}{place}{error}{wait}";
    }
}
