using System.Security.Cryptography;

namespace Federation.Proofs.Constraints;

/// <summary>Digests every named stretch of the stream that is long and high enough to be of interest.</summary>
internal sealed class OutlineDigest : IRowSink, INamespaceSink, IDisposable
{
    private const int MaxLevels = 8;
    private const int MinConstraints = 40;
    private const int FlushBytes = 64 << 10;

    private readonly IncrementalHash[] _hashes = CreateHashes();
    private readonly Stack<Open> _open = new();
    private readonly SortedDictionary<int, OutlineEntry> _entries = [];
    private readonly RowEncoder _encoder = new();
    private int _opened;

    internal IReadOnlyList<OutlineEntry> Entries => [.. _entries.Values];

    public void Row(ReadOnlySpan<Term> a, ReadOnlySpan<Term> b, ReadOnlySpan<Term> c)
    {
        _encoder.Write(a, b, c);
        if (_encoder.Written.Length >= FlushBytes)
        {
            Flush();
        }
    }

    public void Enter(string name, int number, CircuitSize before)
    {
        Flush();
        _open.Push(new Open(_opened++, number < 0 ? name : $"{name} {number}", before));
    }

    public void Leave(CircuitSize after)
    {
        Flush();
        var open = _open.Pop();
        var level = _open.Count;
        if (level >= MaxLevels)
        {
            return;
        }

        var digest = _hashes[level].GetHashAndReset().AsSpan(0, RowDigest.ShortBytes);
        var constraints = after.Constraints - open.Before.Constraints;
        if (constraints >= MinConstraints)
        {
            _entries.Add(open.Order, new OutlineEntry(
                level,
                open.Name,
                open.Before.Constraints,
                constraints,
                after.Aux - open.Before.Aux,
                Convert.ToHexStringLower(digest)));
        }
    }

    public void Dispose()
    {
        foreach (var hash in _hashes)
        {
            hash.Dispose();
        }
    }

    private static IncrementalHash[] CreateHashes()
    {
        var hashes = new IncrementalHash[MaxLevels];
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i] = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        }

        return hashes;
    }

    private void Flush()
    {
        if (_encoder.Written.Length == 0)
        {
            return;
        }

        foreach (var hash in _hashes.AsSpan(0, Math.Min(_open.Count, MaxLevels)))
        {
            hash.AppendData(_encoder.Written);
        }

        _encoder.Clear();
    }

    private readonly record struct Open(int Order, string Name, CircuitSize Before);
}
