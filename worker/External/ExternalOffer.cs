using Federation.Hosting;
using Federation.Hosting.Config;
using Federation.Hosting.Repository;

namespace Federation.Worker.External;

/// <summary>The programs of the phases that a worker offers, as its repository configures them. Immutable.</summary>
/// <param name="Config">The programs.</param>
/// <param name="Warnings">What the operator should be told at the start, one sentence each.</param>
internal sealed record ExternalOffer(ExternalConfig Config, IReadOnlyList<string> Warnings)
{
    /// <summary>The commented file of a new repository.</summary>
    public static string Template() => ConfigTemplate.Write(ExternalConfig.Read);

    /// <summary>Reads a repository's <c>config.toml</c>; one that is missing counts as empty.</summary>
    /// <exception cref="ConfigException">Something in it is wrong; all that is, is said.</exception>
    public static ExternalOffer Load(string repository)
    {
        var loaded = ConfigLoader.Load(RepositoryFolder.ConfigPathOf(repository), ExternalConfig.Read);
        return new ExternalOffer(loaded.Value, loaded.Warnings);
    }

    /// <summary>True when a program runs the phase.</summary>
    public bool Has(string phase) => Config.Programs.ContainsKey(phase);

    /// <summary>Leaves out the programs of phases that the worker does not run.</summary>
    /// <exception cref="OperatorException">PC1 cannot be both of this process' lanes and of a program.</exception>
    public ExternalOffer For(IReadOnlyList<string> phases, uint lanes)
    {
        if (lanes > 0 && Has("PC1"))
        {
            throw new OperatorException(
                "--pc1-lanes and [External.PC1] exclude each other: lanes are labelled by the worker itself",
                "leave one of them out");
        }

        return new ExternalOffer(
            new ExternalConfig(Config.Programs.Where(pair => phases.Contains(pair.Key)).ToDictionary()),
            [
                .. Warnings,
                .. Config.Programs.Keys.Where(phase => !phases.Contains(phase))
                    .Select(phase => $"[External.{phase}] has no effect: this worker does not run {phase}."),
            ]);
    }

    /// <summary>A program's own number of places, where --slots does not name its phase.</summary>
    public IReadOnlyDictionary<string, uint> Slots(
        IReadOnlyDictionary<string, uint> slots, IEnumerable<string> named) =>
        slots.ToDictionary(
            pair => pair.Key,
            pair => Has(pair.Key) && !named.Contains(pair.Key) ? (uint)Config.Programs[pair.Key].Capacity : pair.Value);
}
