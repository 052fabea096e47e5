using Federation.Proofs;
using Federation.Proofs.Post;

namespace Federation.Worker.Processor;

/// <summary>A Window or Winning PoSt as a line asks for it.</summary>
internal sealed record PostOrder
{
    /// <summary>Filecoin's number of the proof; null: sector size and API version say it.</summary>
    public int? PostProof { get; init; }

    public long? SectorSize { get; init; }

    public string? ApiVersion { get; init; }

    /// <summary>The beacon's randomness for this miner, its two top bits clear.</summary>
    public required Bytes32 Randomness { get; init; }

    /// <summary>The sectors to be proved; for Winning the one that is drawn.</summary>
    public required IReadOnlyList<Replica> Sectors { get; init; }

    /// <summary>Folder of parameter files; null: where the processor has its own.</summary>
    public string? ParametersPath { get; init; }

    /// <summary>The configuration.</summary>
    /// <exception cref="ArgumentException">There is none such, or it is of the other kind.</exception>
    public PostConfig Config(PostKind kind)
    {
        if (PostProof is { } number)
        {
            var config = PostConfig.FromRegistered(number);
            return config.Kind == kind ? config : throw new ArgumentException(
                $"post_proof {number} is a {config.Kind} PoSt, not a {kind} PoSt");
        }

        var size = SectorSize ?? throw new ArgumentException("a PoSt needs post_proof, or sector_size");
        var version = ApiVersionText.Find(ApiVersion ?? "1.1")
            ?? throw new ArgumentException($"api_version \"{ApiVersion}\" is none of 1.0, 1.1 and 1.2");
        return PostConfig.Create(SectorShape.FromSize(size), kind, version);
    }

    /// <summary>A sector with its files.</summary>
    internal sealed record Replica(ulong Number, Bytes32 CommR, string CachePath, string SealedPath)
    {
        public PostReplica ToPost() => new(new PostSector(Number, CommR), CachePath, SealedPath);
    }
}
