using System.Security.Cryptography;

namespace Federation.Proofs.Constraints;

/// <summary>Digests the stream of all rows.</summary>
/// <param name="marked">Told the number of rows, at every running digest.</param>
internal sealed class RowDigest(Action<long>? marked = null) : IRowSink, IDisposable
{
    internal const int ShortBytes = 8;

    private const int RunningRows = 65_536;
    private const int FlushBytes = 64 << 10;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly RowEncoder _encoder = new();
    private readonly List<string> _running = [];
    private long _rows;

    internal IReadOnlyList<string> Running => _running;

    public void Row(ReadOnlySpan<Term> a, ReadOnlySpan<Term> b, ReadOnlySpan<Term> c)
    {
        _encoder.Write(a, b, c);
        var atMark = ++_rows % RunningRows == 0;
        if (atMark || _encoder.Written.Length >= FlushBytes)
        {
            Flush();
        }

        if (atMark)
        {
            marked?.Invoke(_rows);
            _running.Add(Convert.ToHexStringLower(_hash.GetCurrentHash().AsSpan(0, ShortBytes)));
        }
    }

    public void Dispose() => _hash.Dispose();

    internal string Finish()
    {
        Flush();
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    private void Flush()
    {
        _hash.AppendData(_encoder.Written);
        _encoder.Clear();
    }
}
