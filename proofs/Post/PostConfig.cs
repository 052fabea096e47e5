namespace Federation.Proofs.Post;

/// <summary>
/// What fixes challenges and circuit of a proof of spacetime. Made by <see cref="FromRegistered"/> or <see
/// cref="Create"/>; immutable. Source: rust-fil-proofs <c>filecoin-proofs/constants.rs</c>.
/// </summary>
public sealed record PostConfig
{
    private const int WinningChallenges = 66, WindowChallenges = 10;
    private const int RegisteredSizes = 5, RegisteredProofs = 15;

    private PostConfig(SectorShape shape, PostKind kind, ApiVersion apiVersion)
    {
        Shape = shape;
        Kind = kind;
        ApiVersion = apiVersion;
    }

    /// <summary>Sector size and what follows from it.</summary>
    public SectorShape Shape { get; }

    /// <summary>Which of the two proofs.</summary>
    public PostKind Kind { get; }

    /// <summary>
    /// Version of the challenges: up to 1.1 those of Window depend on the sector's place among all proven sectors, from
    /// 1.2 on they do not. Winning knows no difference.
    /// </summary>
    public ApiVersion ApiVersion { get; }

    /// <summary>Leaves that are opened in each sector.</summary>
    public int ChallengesPerSector => Kind == PostKind.Winning ? WinningChallenges : WindowChallenges;

    /// <summary>Sectors that one proof is about.</summary>
    public int SectorsPerPartition => (Kind, Shape.Name) switch
    {
        (PostKind.Winning, _) => 1,
        (_, "32GiB") => 2349,
        (_, "64GiB") => 2300,
        _ => 2,
    };

    /// <summary>
    /// Sectors of the circuit. The challenges of Winning's one sector stand there as 66 sectors of one challenge.
    /// </summary>
    public int CircuitSectors => Kind == PostKind.Winning ? WinningChallenges : SectorsPerPartition;

    /// <summary>Challenges of each of the circuit's sectors.</summary>
    public int ChallengesPerCircuitSector => Kind == PostKind.Winning ? 1 : WindowChallenges;

    /// <summary>Filecoin's number of this proof (0 to 14), or null where it registered none.</summary>
    public int? RegisteredPostProof => (Kind, ApiVersion, Shape.RegisteredIndex) switch
    {
        (_, _, null) => null,
        (PostKind.Winning, _, { } index) => index,
        (_, ApiVersion.V1_0, { } index) => RegisteredSizes + index,
        (_, ApiVersion.V1_2, { } index) => (2 * RegisteredSizes) + index,
        _ => null,
    };

    /// <summary>One of Filecoin's registered proofs of spacetime: 0 to 4 Winning, 5 to 14 Window.</summary>
    /// <exception cref="ArgumentException">The number is not 0 to 14.</exception>
    public static PostConfig FromRegistered(int registeredPostProof)
    {
        if (registeredPostProof is < 0 or >= RegisteredProofs)
        {
            throw new ArgumentException($"unknown registered PoSt proof {registeredPostProof}: known are 0 to 14");
        }

        var (family, index) = Math.DivRem(registeredPostProof, RegisteredSizes);
        return new PostConfig(
            SectorShape.All.Single(known => known.RegisteredIndex == index),
            family == 0 ? PostKind.Winning : PostKind.Window,
            family == 2 ? ApiVersion.V1_2 : ApiVersion.V1_0);
    }

    /// <summary>The configuration of any shape and version, registered or not.</summary>
    public static PostConfig Create(SectorShape shape, PostKind kind, ApiVersion apiVersion)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return new PostConfig(shape, kind, apiVersion);
    }

    /// <summary>Proofs that so many sectors need.</summary>
    public int Partitions(int sectors) => (sectors + SectorsPerPartition - 1) / SectorsPerPartition;
}
