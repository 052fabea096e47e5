namespace Federation.Proofs.Blake2b;

/// <summary>
/// Unkeyed BLAKE2b (RFC 7693) of data that comes in parts of any length, with an output of 1 to 64 bytes. Used once;
/// not thread-safe.
/// </summary>
internal sealed class Blake2bDigest
{
    private readonly ulong[] _state = [.. Blake2bHash.Iv];
    private readonly byte[] _block = new byte[Blake2bHash.BlockSize];
    private readonly int _outputSize;
    private ulong _counter;
    private int _filled;

    /// <exception cref="ArgumentOutOfRangeException">The output is not 1 to 64 bytes.</exception>
    public Blake2bDigest(int outputSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(outputSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(outputSize, Blake2bHash.MaxSize);
        _outputSize = outputSize;
        _state[0] ^= 0x01010000 ^ (ulong)outputSize;
    }

    /// <summary>Takes the next part.</summary>
    public void Append(ReadOnlySpan<byte> data)
    {
        while (data.Length > 0)
        {
            // The last block is marked as such, so a full one waits until more is known to follow.
            if (_filled == _block.Length)
            {
                Compress(_block);
                _filled = 0;
            }

            if (_filled == 0 && data.Length > _block.Length)
            {
                Compress(data[.._block.Length]);
                data = data[_block.Length..];
                continue;
            }

            var count = Math.Min(_block.Length - _filled, data.Length);
            data[..count].CopyTo(_block.AsSpan(_filled));
            _filled += count;
            data = data[count..];
        }
    }

    /// <summary>The digest of all parts.</summary>
    public byte[] Finish()
    {
        _block.AsSpan(_filled).Clear();
        Blake2bHash.Compress(_state, _block, _counter + (ulong)_filled, last: true);
        var output = new byte[_outputSize];
        Blake2bHash.WriteDigest(_state, output);
        return output;
    }

    private void Compress(ReadOnlySpan<byte> block)
    {
        _counter += (ulong)block.Length;
        Blake2bHash.Compress(_state, block, _counter, last: false);
    }
}
