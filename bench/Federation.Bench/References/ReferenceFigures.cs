using Federation.Bench.Figures;

namespace Federation.Bench.References;

/// <summary>What others' code does on this machine: measured by itself, and in turn with what is compared with
/// it.</summary>
internal static class ReferenceFigures
{
    /// <summary>SHA-256 of 1248-byte messages, a label's length: for what makes labels.</summary>
    public const string ShortSha256 = "reference.sha256.1248";

    /// <summary>SHA-256 of 16 KiB messages: for what hashes much at once.</summary>
    public const string LongSha256 = "reference.sha256.16KiB";

    /// <summary>New ones, not yet prepared.</summary>
    public static IReadOnlyList<IFigure> Create() =>
    [
        new ClockFigure(),
        new LibcryptoSha256(ShortSha256, 1248),
        new LibcryptoSha256(LongSha256, 16 << 10),
        new MemoryCopy(),
        new SequentialWrite(),
        new SequentialRead(),
    ];
}
