using System.Buffers.Binary;

namespace Federation.Proofs;

/// <summary>
/// What fixes a sector's graph and proof: its shape, its PoRep id, the API version and the feature. Made by
/// <see cref="FromRegistered"/> or <see cref="Create"/>, which validate; immutable.
/// </summary>
public sealed record SealConfig
{
    private const int RegisteredSizes = 5, RegisteredProofs = 20;

    private static readonly string[] ProofSuffixes =
        ["V1", "V1_1", "V1_1_Feat_SyntheticPoRep", "V1_2_Feat_NonInteractivePoRep"];

    private SealConfig(SectorShape shape, Bytes32 poRepId, ApiVersion apiVersion, PoRepFeature feature)
    {
        Shape = shape;
        PoRepId = poRepId;
        ApiVersion = apiVersion;
        Feature = feature;
    }

    /// <summary>Sector size and what follows from it.</summary>
    public SectorShape Shape { get; internal init; }

    /// <summary>The 32 bytes that set one graph apart from all others.</summary>
    public Bytes32 PoRepId { get; }

    /// <summary>Version that orders the parents.</summary>
    public ApiVersion ApiVersion { get; }

    /// <summary>How challenges come about.</summary>
    public PoRepFeature Feature { get; }

    /// <summary>Filecoin's number of this seal proof (0 to 19), or null for shapes without one.</summary>
    public int? RegisteredSealProof { get; private init; }

    /// <summary>
    /// Rust's name of the registered proof, for example <c>StackedDrg2KiBV1_1</c>; null without a number.
    /// </summary>
    public string? RegisteredName => RegisteredSealProof is { } id ? SizeName(
        ProofSuffixes[id / RegisteredSizes]) : null;

    /// <summary>
    /// Rust's name of the enum case that wraps labels and vanilla proofs: always the size's <c>V1</c>.
    /// </summary>
    public string SizeVariantName => SizeName("V1");

    /// <summary>Number of partitions of this proof.</summary>
    public int Partitions => Feature == PoRepFeature.NonInteractive ? Shape.NiPartitions : Shape.PoRepPartitions;

    /// <summary>The configuration of one of Filecoin's registered seal proofs.</summary>
    /// <exception cref="ArgumentException">The number is not 0 to 19.</exception>
    public static SealConfig FromRegistered(int registeredSealProof)
    {
        if (registeredSealProof is < 0 or >= RegisteredProofs)
        {
            throw new ArgumentException($"unknown registered seal proof {registeredSealProof}: known are 0 to 19");
        }

        var shape = SectorShape.All.Single(known => known.RegisteredIndex == registeredSealProof % RegisteredSizes);
        var (version, feature) = (registeredSealProof / RegisteredSizes) switch
        {
            0 => (ApiVersion.V1_0, PoRepFeature.Interactive),
            1 => (ApiVersion.V1_1, PoRepFeature.Interactive),
            2 => (ApiVersion.V1_2, PoRepFeature.Synthetic),
            _ => (ApiVersion.V1_2, PoRepFeature.NonInteractive),
        };
        return new SealConfig(shape, ChainPoRepId(registeredSealProof), version, feature)
        {
            RegisteredSealProof = registeredSealProof,
        };
    }

    /// <summary>The configuration of any shape, registered or not.</summary>
    /// <param name="sectorSize">Padded size in bytes.</param>
    /// <param name="poRepId">PoRep id; not bound to a registered number.</param>
    /// <param name="apiVersion">API version; features need 1.2.</param>
    /// <param name="feature">Feature.</param>
    /// <exception cref="ArgumentException">The size is unknown, or the version does not have the feature.</exception>
    public static SealConfig Create(long sectorSize, Bytes32 poRepId, ApiVersion apiVersion, PoRepFeature feature)
    {
        if (!Enum.IsDefined(apiVersion) || !Enum.IsDefined(feature))
        {
            throw new ArgumentException($"unknown API version {apiVersion} or feature {feature}");
        }

        if (feature != PoRepFeature.Interactive && apiVersion != ApiVersion.V1_2)
        {
            throw new ArgumentException($"feature {feature} needs API version 1.2, but {Text(apiVersion)} was given");
        }

        return new SealConfig(SectorShape.FromSize(sectorSize), poRepId, apiVersion, feature);
    }

    private static string Text(ApiVersion version) => $"1.{(int)version}";

    private static Bytes32 ChainPoRepId(int registeredSealProof)
    {
        Span<byte> id = stackalloc byte[Bytes32.Size];
        id.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(id, (ulong)registeredSealProof);
        return new Bytes32(id);
    }

    private string SizeName(string suffix) => $"StackedDrg{Shape.Name}{suffix}";
}
