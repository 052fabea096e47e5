using System.Diagnostics.CodeAnalysis;

namespace Federation.Proofs;

/// <summary>
/// What a sector's size determines: trees, layers, challenges. Source: rust-fil-proofs
/// <c>filecoin-proofs/constants.rs</c>.
/// </summary>
public sealed record SectorShape
{
    /// <summary>Size of a node, of a hash and of a field element, in bytes.</summary>
    public const int NodeSize = 32;

    private const long KiB = 1L << 10, MiB = 1L << 20, GiB = 1L << 30;

    private SectorShape(string name, long sectorSize, int subArity, int topArity)
    {
        Name = name;
        SectorSize = sectorSize;
        SubArity = subArity;
        TopArity = topArity;
        Layers = IsProduction ? 11 : 2;
    }

    /// <summary>Every known shape, by size.</summary>
    public static IReadOnlyList<SectorShape> All { get; } =
    [
        new("2KiB", 2 * KiB, 0, 0),
        new("4KiB", 4 * KiB, 2, 0),
        new("16KiB", 16 * KiB, 8, 0),
        new("32KiB", 32 * KiB, 8, 2),
        new("8MiB", 8 * MiB, 0, 0),
        new("16MiB", 16 * MiB, 2, 0),
        new("512MiB", 512 * MiB, 0, 0),
        new("1GiB", GiB, 2, 0),
        new("32GiB", 32 * GiB, 8, 0),
        new("64GiB", 64 * GiB, 8, 2),
    ];

    /// <summary>The size as Filecoin writes it, for example <c>32GiB</c>.</summary>
    public string Name { get; }

    /// <summary>Padded sector size in bytes.</summary>
    public long SectorSize { get; }

    /// <summary>Sector size in bytes before fr32 padding: what pieces fill.</summary>
    public long UnpaddedSize => SectorSize / 128 * 127;

    /// <summary>
    /// Number of nodes in a layer and of leaves in every tree; at most 2^31, so that a node index fits a <see
    /// cref="uint"/>.
    /// </summary>
    public long Nodes => SectorSize / NodeSize;

    /// <summary>Arity of the base trees of tree-c and tree-r-last.</summary>
    public int BaseArity { get; } = 8;

    /// <summary>Arity of the level that joins base trees; 0 where absent.</summary>
    public int SubArity { get; }

    /// <summary>Arity of the level that joins sub trees; 0 where absent.</summary>
    public int TopArity { get; }

    /// <summary>Number of base trees, and of files, of tree-c and of tree-r-last.</summary>
    public int BaseTreeCount => Math.Max(SubArity, 1) * Math.Max(TopArity, 1);

    /// <summary>Leaves of one base tree, a power of 8.</summary>
    public long BaseTreeLeaves => Nodes / BaseTreeCount;

    /// <summary>Nodes of one whole base tree, leaves and root included.</summary>
    public long BaseTreeNodes => ((8 * BaseTreeLeaves) - 1) / 7;

    /// <summary>Levels of path elements in one base tree: log8 of its leaves.</summary>
    public int BaseTreeHeight => System.Numerics.BitOperations.TrailingZeroCount(BaseTreeLeaves) / 3;

    /// <summary>Levels of path elements in tree-d: log2 of the nodes.</summary>
    public int TreeDHeight => System.Numerics.BitOperations.TrailingZeroCount(Nodes);

    /// <summary>True for the sizes of the main network, which have 11 layers and 176 challenges.</summary>
    public bool IsProduction => SectorSize >= 32 * GiB;

    /// <summary>Number of SDR layers; also the arity of the column hash. Tests give a small shape more.</summary>
    public int Layers { get; internal init; }

    /// <summary>Rows above the leaf row that tree-r-last does not store (the leaf row is never stored).</summary>
    public int RowsToDiscard => BaseTreeHeight <= 2 ? 1 : 2;

    /// <summary>Partitions of an interactive or synthetic PoRep.</summary>
    public int PoRepPartitions => IsProduction ? 10 : 1;

    /// <summary>Partitions of a non-interactive PoRep.</summary>
    public int NiPartitions => IsProduction ? 126 : 13;

    /// <summary>PoRep challenges of each partition, for every feature.</summary>
    public int ChallengesPerPartition => IsProduction ? 18 : 2;

    /// <summary>Number of challenges that a Synthetic PoRep draws before its seed is known.</summary>
    public int SyntheticChallenges => (int)Math.Min(Nodes, 1 << 18);

    /// <summary>The first registered number (0 to 4) of this size, or null where Filecoin registered none.</summary>
    public int? RegisteredIndex => Name switch
    {
        "2KiB" => 0,
        "8MiB" => 1,
        "512MiB" => 2,
        "32GiB" => 3,
        "64GiB" => 4,
        _ => null,
    };

    /// <summary>Finds the shape of a padded sector size in bytes.</summary>
    public static bool TryFromSize(long sectorSize, [NotNullWhen(true)] out SectorShape? shape)
    {
        shape = All.FirstOrDefault(candidate => candidate.SectorSize == sectorSize);
        return shape is not null;
    }

    /// <summary>Finds the shape of a padded sector size in bytes.</summary>
    /// <exception cref="ArgumentException">
    /// No shape has this size; the message lists the sizes that are known.
    /// </exception>
    public static SectorShape FromSize(long sectorSize) => TryFromSize(sectorSize, out var shape)
        ? shape
        : throw new ArgumentException($"unknown sector size {sectorSize}: known are {KnownSizes()}");

    /// <summary>Finds the shape by its name (<c>32GiB</c>, either case) or by its size in bytes.</summary>
    /// <exception cref="ArgumentException">No shape has this name; the message lists those that are known.</exception>
    public static SectorShape Parse(string text) =>
        All.FirstOrDefault(candidate => string.Equals(candidate.Name, text, StringComparison.OrdinalIgnoreCase))
        ?? All.FirstOrDefault(candidate => candidate.SectorSize.ToString() == text)
        ?? throw new ArgumentException($"unknown sector size \"{text}\": known are {KnownSizes()}");

    private static string KnownSizes() => string.Join(", ", All.Select(shape => shape.Name));

    /// <summary>The size's name.</summary>
    public override string ToString() => Name;
}
