using System.Diagnostics.CodeAnalysis;

namespace Federation.Toml;

/// <summary>A table; its entries keep the order of the document.</summary>
public sealed class TomlTable : TomlValue
{
    private readonly OrderedDictionary<string, TomlEntry> _entries = new(StringComparer.Ordinal);

    internal TomlTable(TomlPosition position, TomlTableOrigin origin)
        : base(position) => Origin = origin;

    /// <summary>The table's entries, in the document's order.</summary>
    public IReadOnlyCollection<TomlEntry> Entries => _entries.Values;

    /// <inheritdoc/>
    public override string KindName => "a table";

    /// <summary>How the table came to be, which decides what may still be added to it.</summary>
    internal TomlTableOrigin Origin { get; set; }

    /// <summary>Finds a key of this table; <paramref name="key"/> is one part, never a dotted path.</summary>
    public bool TryGet(string key, [NotNullWhen(true)] out TomlEntry? entry) => _entries.TryGetValue(key, out entry);

    internal void Add(TomlKeyPart key, TomlValue value) =>
        _entries.Add(key.Text, new TomlEntry(key.Text, key.Position, value));
}
