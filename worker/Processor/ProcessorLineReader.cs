namespace Federation.Worker.Processor;

/// <summary>
/// Lines of a stream, bounded: of a longer one the first bytes are given at once, and the rest is passed over. An end
/// of stream ends the last line. Not thread-safe.
/// </summary>
internal sealed class ProcessorLineReader(Stream stream, int maxBytes)
{
    /// <summary>Longest line of the protocol: the 2349 sectors of a Window PoSt fit in many times.</summary>
    public const int MaxLineBytes = 16 << 20;

    private const int FirstBytes = 4096;

    private byte[] _buffer = new byte[Math.Min(FirstBytes, maxBytes)];
    private int _start;
    private int _end;
    private bool _passing;

    /// <summary>The next line; null at the end of the stream.</summary>
    /// <exception cref="IOException">The stream broke.</exception>
    public async ValueTask<ProcessorLine?> ReadAsync(CancellationToken cancellationToken)
    {
        var searched = 0;
        while (true)
        {
            var line = _buffer.AsMemory(_start + searched, _end - _start - searched).Span.IndexOf((byte)'\n');
            if (line >= 0)
            {
                var found = Take(searched + line, 1);
                if (!_passing)
                {
                    return new ProcessorLine(found, true);
                }

                (_passing, searched) = (false, 0);
                continue;
            }

            if (_passing)
            {
                (_start, _end) = (0, 0);
            }
            else if (_end - _start == maxBytes)
            {
                _passing = true;
                return new ProcessorLine(Take(maxBytes, 0), false);
            }

            searched = _end - _start;
            if (await FillAsync(cancellationToken) == 0)
            {
                return searched == 0 || _passing ? null : new ProcessorLine(Take(searched, 0), true);
            }
        }
    }

    private ReadOnlyMemory<byte> Take(int count, int end)
    {
        var line = _buffer.AsSpan(_start, count).ToArray();
        _start += count + end;
        return line;
    }

    private async ValueTask<int> FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Min(2 * _buffer.Length, maxBytes));
        }

        var count = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += count;
        return count;
    }
}
