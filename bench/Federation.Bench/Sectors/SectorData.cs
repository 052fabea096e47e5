using Federation.Proofs;

namespace Federation.Bench.Sectors;

/// <summary>A sector of data that no shortcut serves: one piece of pseudo-random bytes that fills it.</summary>
/// <param name="Config">How it is sealed.</param>
internal sealed record SectorData(SealConfig Config)
{
    private const int BlockSize = 1 << 20;

    /// <summary>The miner's actor id.</summary>
    public const ulong Miner = 1000;

    /// <summary>Sector number.</summary>
    public const ulong Number = 1;

    /// <summary>Ticket.</summary>
    public static Bytes32 Ticket { get; } = Filled(7);

    /// <summary>Seed.</summary>
    public static Bytes32 Seed { get; } = Filled(8);

    /// <summary>Writes the piece's bytes, the same at each call.</summary>
    public void Write(string path, CancellationToken cancellationToken)
    {
        var random = new Random(1);
        var block = new byte[BlockSize];
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var left = Config.Shape.UnpaddedSize; left > 0; left -= Math.Min(left, block.Length))
        {
            cancellationToken.ThrowIfCancellationRequested();
            random.NextBytes(block);
            file.Write(block, 0, (int)Math.Min(left, block.Length));
        }
    }

    private static Bytes32 Filled(byte value)
    {
        Span<byte> bytes = stackalloc byte[Bytes32.Size];
        bytes.Fill(value);
        return new Bytes32(bytes);
    }
}
