namespace Federation.Proto.Transport.Wire;

/// <summary>
/// Whether a server began as HTTP/2 has to (RFC 9113 section 3.4): with a SETTINGS frame. The HTTP client knows it too,
/// but reports it by whichever of several exceptions wins a race. Thread-safe.
/// </summary>
internal sealed class Http2Preface
{
    private const int TypeOffset = 3;
    private const byte Settings = 4;
    private volatile bool _isForeign, _isSilent;

    /// <summary>Whether the latest connection's server began with anything else.</summary>
    public bool IsForeign => _isForeign;

    /// <summary>Whether it ended the latest connection without a byte.</summary>
    public bool IsSilent => _isSilent;

    /// <summary>A new connection is being made: nothing is known of it.</summary>
    public void Begin() => (_isForeign, _isSilent) = (false, false);

    /// <summary>Looks at bytes as they come.</summary>
    /// <param name="received">What came; empty at the end.</param>
    /// <param name="before">How many bytes the connection had received before.</param>
    public void Look(ReadOnlySpan<byte> received, long before)
    {
        if (before == 0)
        {
            _isSilent = received.IsEmpty;
        }

        if (before <= TypeOffset && before + received.Length > TypeOffset)
        {
            _isForeign = received[(int)(TypeOffset - before)] != Settings;
        }
    }
}
