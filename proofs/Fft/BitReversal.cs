using System.Numerics;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Fft;

/// <summary>
/// Exchanges elements whose indices are one another's bits in reverse order, in place, in tiles of sixteen by sixteen:
/// runs of sixteen elements are read and written whole, however far apart they lie.
/// </summary>
internal static unsafe class BitReversal
{
    private const int LogSide = 4, Side = 1 << LogSide, Tile = Side * Side, TilesPerItem = 256;

    /// <summary>The lowest bits in reverse order.</summary>
    public static int Of(int value, int bits)
    {
        uint v = (uint)value;
        v = ((v >> 1) & 0x55555555) | ((v & 0x55555555) << 1);
        v = ((v >> 2) & 0x33333333) | ((v & 0x33333333) << 2);
        v = ((v >> 4) & 0x0f0f0f0f) | ((v & 0x0f0f0f0f) << 4);
        v = ((v >> 8) & 0x00ff00ff) | ((v & 0x00ff00ff) << 8);
        return bits == 0 ? 0 : (int)(BitOperations.RotateLeft(v, 16) >> (32 - bits));
    }

    /// <summary>Does it to 2^<paramref name="logSize"/> elements.</summary>
    public static void Run(Fr* values, int logSize, int threads, CancellationToken cancellationToken)
    {
        if (logSize < 2 * LogSide)
        {
            ExchangeFew(values, logSize);
            return;
        }

        int tiles = 1 << (logSize - (2 * LogSide));
        ParallelLoop.Run(
            (tiles + TilesPerItem - 1) / TilesPerItem,
            threads,
            item => ExchangeTiles(
                values, logSize, item * TilesPerItem, Math.Min((item + 1) * TilesPerItem, tiles)),
            cancellationToken);
    }

    private static void ExchangeFew(Fr* values, int logSize)
    {
        for (int i = 0; i < 1 << logSize; i++)
        {
            int j = Of(i, logSize);
            if (i < j)
            {
                (values[i], values[j]) = (values[j], values[i]);
            }
        }
    }

    // An index has a tile's row in its highest bits, the column in its lowest, and the tile between.
    private static void ExchangeTiles(Fr* values, int logSize, int from, int to)
    {
        Fr* one = stackalloc Fr[2 * Tile], other = one + Tile;
        nint rowStride = (nint)1 << (logSize - LogSide);
        for (int tile = from; tile < to; tile++)
        {
            int reversed = Of(tile, logSize - (2 * LogSide));
            if (tile > reversed)
            {
                continue;
            }

            Fr* first = values + ((nint)tile * Side), second = values + ((nint)reversed * Side);
            Read(first, rowStride, one);
            Read(second, rowStride, other);
            Write(one, second, rowStride);
            Write(other, first, rowStride);
        }
    }

    // Reads rows in order of their reversed numbers, and columns likewise.
    private static void Read(Fr* source, nint rowStride, Fr* tile)
    {
        for (int row = 0; row < Side; row++)
        {
            Fr* from = source + (row * rowStride), to = tile + Of(row, LogSide);
            for (int column = 0; column < Side; column++)
            {
                to[Of(column, LogSide) * Side] = from[column];
            }
        }
    }

    private static void Write(Fr* tile, Fr* destination, nint rowStride)
    {
        for (int row = 0; row < Side; row++)
        {
            new ReadOnlySpan<Fr>(tile + (row * Side), Side).CopyTo(
                new Span<Fr>(destination + (row * rowStride), Side));
        }
    }
}
