using System.Security.Cryptography;
using System.Text;
using Federation.Proofs.Graph;
using Federation.Proofs.Post;

namespace Federation.Proofs.Groth16.Parameters;

/// <summary>
/// One circuit: its kind and sector size. Gives the names of its parameter files as rust-fil-proofs computes them: a
/// digest over a text that lists what shapes the circuit (<c>filecoin-proofs/src/parameters.rs</c>,
/// <c>storage-proofs-core/src/parameter_cache.rs</c>). Immutable.
/// </summary>
/// <param name="Kind">Which circuit.</param>
/// <param name="Shape">Of which sector size.</param>
public sealed record CircuitId(CircuitKind Kind, SectorShape Shape)
{
    private const int PoRepInputsPerChallenge = 18, UpdateInputs = 4;

    private static readonly (string Name, CircuitKind Kind)[] KindNames =
    [
        ("porep", CircuitKind.PoRep),
        ("window", CircuitKind.WindowPost),
        ("winning", CircuitKind.WinningPost),
        ("update", CircuitKind.Update),
        ("update-poseidon", CircuitKind.UpdatePoseidon),
    ];

    /// <summary>Every circuit of every known sector size, by kind and size.</summary>
    public static IReadOnlyList<CircuitId> All { get; } =
    [
        .. from kind in KindNames
           from shape in SectorShape.All
           select new CircuitId(kind.Kind, shape),
    ];

    /// <summary>The kind as commands take it: <c>porep</c>, <c>window</c>, <c>winning</c>.</summary>
    public string KindName => KindNames.Single(known => known.Kind == Kind).Name;

    /// <summary>What the digest in the names is taken of.</summary>
    public string Identifier => Kind switch
    {
        CircuitKind.PoRep =>
            $"layered_drgporep::PublicParams{{ graph: {ParentCacheFile.GraphIdentifier(Shape)}, challenges: "
            + $"LayerChallenges {{ layers: {Shape.Layers}, max_count: {Shape.ChallengesPerPartition} }}, "
            + $"tree: {Tree} }}",
        CircuitKind.WindowPost => PostIdentifier(PostKind.Window),
        CircuitKind.WinningPost => PostIdentifier(PostKind.Winning),
        _ => $"empty_sector_update::PublicParams{{ sector_nodes: {Shape.Nodes} }}",
    };

    /// <summary>Name of the circuit's files without the ending.</summary>
    public string BaseName =>
        $"v28-{Prefix}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Identifier)))}";

    /// <summary>Name of the file that proving needs.</summary>
    public string ParametersName => BaseName + ".params";

    /// <summary>Name of the file that verification needs.</summary>
    public string VerifyingKeyName => BaseName + ".vk";

    /// <summary>Number of public inputs, without the constant one.</summary>
    public int PublicInputs => Kind switch
    {
        CircuitKind.PoRep => 3 + (PoRepInputsPerChallenge * Shape.ChallengesPerPartition),
        CircuitKind.WindowPost => PostInputs(PostKind.Window),
        CircuitKind.WinningPost => PostInputs(PostKind.Winning),
        _ => UpdateInputs,
    };

    private string Tree => $"merkletree-poseidon_hasher-{Shape.BaseArity}-{Shape.SubArity}-{Shape.TopArity}";

    private string Prefix => Kind switch
    {
        CircuitKind.PoRep => $"stacked-proof-of-replication-{Tree}-sha256_hasher",
        CircuitKind.Update => $"empty-sector-update-{Tree}",
        CircuitKind.UpdatePoseidon => $"empty-sector-update-poseidon-{Tree}",
        _ => $"proof-of-spacetime-fallback-{Tree}",
    };

    /// <summary>Finds a kind by the name that commands take.</summary>
    /// <exception cref="ArgumentException">
    /// There is none of this name; the message lists those that are known.
    /// </exception>
    public static CircuitKind ParseKind(string text)
    {
        foreach (var (name, kind) in KindNames)
        {
            if (string.Equals(name, text, StringComparison.OrdinalIgnoreCase))
            {
                return kind;
            }
        }

        throw new ArgumentException(
            $"unknown circuit \"{text}\": known are {string.Join(", ", KindNames.Select(known => known.Name))}");
    }

    /// <summary>As people say it: <c>PoRep 2KiB</c>.</summary>
    public override string ToString() => $"{Kind} {Shape}";

    private PostConfig Post(PostKind kind) => PostConfig.Create(Shape, kind, ApiVersion.V1_1);

    private int PostInputs(PostKind kind)
    {
        var post = Post(kind);
        return (1 + post.ChallengesPerCircuitSector) * post.CircuitSectors;
    }

    private string PostIdentifier(PostKind kind)
    {
        var post = Post(kind);
        return $"FallbackPoSt::PublicParams{{sector_size: {Shape.SectorSize}, challenge_count: "
            + $"{post.ChallengesPerCircuitSector}, sector_count: {post.CircuitSectors}}}";
    }
}
