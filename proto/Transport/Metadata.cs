using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Federation.Proto.Transport;

/// <summary>
/// Headers or trailers of a call: an ordered list, a key may occur more than once. Keys are lower case; a key ending in
/// <c>-bin</c> holds bytes, any other printable ASCII. Not thread-safe while it changes.
/// </summary>
[SuppressMessage("Naming", "CA1710", Justification = "The name that gRPC gives it everywhere.")]
public sealed class Metadata : IReadOnlyCollection<MetadataEntry>
{
    private const string BinarySuffix = "-bin";

    private readonly List<MetadataEntry> _entries = [];

    /// <inheritdoc/>
    public int Count => _entries.Count;

    /// <summary>Adds text. Throws <see cref="ArgumentException"/> for a key or value that may not travel.</summary>
    public void Add(string key, string value)
    {
        var name = CheckedKey(key);
        if (IsBinary(name))
        {
            throw new ArgumentException($"Metadata '{name}' ends in -bin and takes bytes, not text.", nameof(value));
        }

        if (value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            throw new ArgumentException($"The value of metadata '{name}' is not printable ASCII.", nameof(value));
        }

        _entries.Add(new MetadataEntry(name, value, null));
    }

    /// <summary>Adds bytes; the key ends in <c>-bin</c>. Throws <see cref="ArgumentException"/> otherwise.</summary>
    public void Add(string key, byte[] value)
    {
        var name = CheckedKey(key);
        if (!IsBinary(name))
        {
            throw new ArgumentException($"Metadata '{name}' takes text; bytes need a key ending in -bin.", nameof(key));
        }

        _entries.Add(new MetadataEntry(name, null, (byte[])value.Clone()));
    }

    /// <summary>The last text under a key, or null.</summary>
    public string? GetValue(string key) => Last(key)?.Text;

    /// <summary>The last bytes under a key ending in <c>-bin</c>, or null.</summary>
    public byte[]? GetValueBytes(string key) => Last(key)?.Bytes?.ToArray();

    /// <summary>All items under a key, in order.</summary>
    public IEnumerable<MetadataEntry> GetAll(string key) =>
        _entries.Where(entry => string.Equals(entry.Key, key, StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public IEnumerator<MetadataEntry> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static bool IsBinary(string key) => key.EndsWith(BinarySuffix, StringComparison.Ordinal);

    /// <summary>Takes what a peer sent, which was checked where it was decoded.</summary>
    internal void AddReceived(MetadataEntry entry) => _entries.Add(entry);

    private static string CheckedKey(string key)
    {
        var name = key.ToLowerInvariant();
        if (name.Length == 0 || !name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '-' or '.'))
        {
            throw new ArgumentException($"'{key}' is no metadata key: use a-z, 0-9, '_', '-' and '.'.", nameof(key));
        }

        return ReservedHeaders.Contains(name)
            ? throw new ArgumentException($"Metadata key '{name}' belongs to the transport.", nameof(key))
            : name;
    }

    private MetadataEntry? Last(string key)
    {
        var index = _entries.FindLastIndex(entry => string.Equals(entry.Key, key, StringComparison.OrdinalIgnoreCase));
        return index < 0 ? null : _entries[index];
    }
}
