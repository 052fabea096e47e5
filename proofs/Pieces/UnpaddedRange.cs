namespace Federation.Proofs.Pieces;

/// <summary>Reads ranges of a sector's data back from its padded form.</summary>
public static class UnpaddedRange
{
    private const int Groups = 512;

    /// <summary>
    /// Copies unpadded bytes from a padded stream. The range may begin and end anywhere; whole groups are read around
    /// it.
    /// </summary>
    /// <param name="padded">Seekable stream of padded data, from position 0.</param>
    /// <param name="offset">First unpadded byte.</param>
    /// <param name="length">Number of unpadded bytes.</param>
    /// <param name="destination">Receives the bytes.</param>
    /// <param name="cancellationToken">Ends the copy.</param>
    /// <exception cref="EndOfStreamException">The padded data end before the range does.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void CopyTo(
        Stream padded, long offset, long length, Stream destination, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(padded);
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        (long firstGroup, long skipped) = Math.DivRem(offset, Fr32.UnpaddedGroupBytes);
        padded.Position = firstGroup * Fr32.PaddedGroupBytes;
        var encoded = new byte[Groups * Fr32.PaddedGroupBytes];
        var data = new byte[Groups * Fr32.UnpaddedGroupBytes];
        while (length > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long needed = (skipped + length + Fr32.UnpaddedGroupBytes - 1) / Fr32.UnpaddedGroupBytes;
            int groups = (int)Math.Min(Groups, needed);
            Span<byte> input = encoded.AsSpan(0, groups * Fr32.PaddedGroupBytes);
            Span<byte> output = data.AsSpan(0, groups * Fr32.UnpaddedGroupBytes);
            padded.ReadExactly(input);
            Fr32.Unpad(input, output);
            Span<byte> wanted = output[(int)skipped..];
            wanted = wanted[..(int)Math.Min(length, wanted.Length)];
            destination.Write(wanted);
            length -= wanted.Length;
            skipped = 0;
        }
    }
}
