using System.Collections;

namespace Federation.Toml;

/// <summary>An array: written in brackets, or grown by <c>[[headers]]</c>.</summary>
public sealed class TomlArray : TomlValue, IReadOnlyList<TomlValue>
{
    private readonly List<TomlValue> _items = [];

    internal TomlArray(TomlPosition position, bool ofTables)
        : base(position) => OfTables = ofTables;

    /// <inheritdoc/>
    public int Count => _items.Count;

    /// <inheritdoc/>
    public override string KindName => "an array";

    /// <summary>Whether <c>[[headers]]</c> grow this array; one written in brackets is closed.</summary>
    internal bool OfTables { get; }

    /// <inheritdoc/>
    public TomlValue this[int index] => _items[index];

    /// <inheritdoc/>
    public IEnumerator<TomlValue> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(TomlValue item) => _items.Add(item);
}
