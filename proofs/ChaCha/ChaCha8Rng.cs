namespace Federation.Proofs.ChaCha;

/// <summary>
/// The generator that rand_chacha calls ChaCha8Rng: ChaCha of 8 rounds, 64-bit counter from 0, stream 0, read as words.
/// A value type without allocation; not thread-safe. Words of a u64: low half first.
/// </summary>
internal ref struct ChaCha8Rng
{
    private const int Rounds = 8;

    private readonly Span<uint> _state;
    private readonly Span<uint> _block;
    private int _next;

    /// <summary>Starts at block 0.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="scratch">32 words that the generator owns while it lives.</param>
    public ChaCha8Rng(ReadOnlySpan<byte> key, Span<uint> scratch)
    {
        _state = scratch[..ChaChaBlock.Words];
        _block = scratch.Slice(ChaChaBlock.Words, ChaChaBlock.Words);
        ChaChaBlock.SetKey(_state, key);
        _state[12..].Clear();
        _next = ChaChaBlock.Words;
    }

    /// <summary>The next 64 bits; the words per block are even, so that no value lies across two blocks.</summary>
    public ulong NextUInt64()
    {
        if (_next == ChaChaBlock.Words)
        {
            ChaChaBlock.Compute(_state, _block, Rounds);
            _state[12]++;
            _state[13] += _state[12] == 0 ? 1u : 0u;
            _next = 0;
        }

        var value = _block[_next] | ((ulong)_block[_next + 1] << 32);
        _next += 2;
        return value;
    }
}
