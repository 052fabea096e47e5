using Federation.Chain;
using Federation.Chain.Messages;
using Federation.Proofs;
using Federation.Proto.Records;

namespace Federation.Miner.Sectors;

/// <summary>How new sectors are sealed, and the two forms of saying so.</summary>
internal static class SealSpecs
{
    // What the reference implementation's own tests take for API version 1.1.
    private static readonly Bytes32 UnregisteredPoRepId = new([.. Enumerable.Repeat((byte)0x80, Bytes32.Size)]);

    /// <summary>
    /// The specification of new sectors of a size: the registered interactive proof of API version 1.1 where the size
    /// has one; otherwise the same by its parts, with 32 bytes 0x80 for PoRep id. It says what its chain takes as
    /// proof.
    /// </summary>
    public static SealSpec ForNew(SectorShape shape, ulong miner, ChainParameters chain)
    {
        const int RegisteredV11 = 5;
        var config = shape.RegisteredIndex is { } index
            ? SealConfig.FromRegistered(RegisteredV11 + index)
            : SealConfig.Create(shape.SectorSize, UnregisteredPoRepId, ApiVersion.V1_1, PoRepFeature.Interactive);
        var spec = From(config, miner);
        if (chain.Proofs == ProofKind.Groth16)
        {
            (spec.ProofKind, spec.Devnet) = (ProofKindText.Groth16, chain.AllowsTestParameters);
        }

        return spec;
    }

    /// <summary>
    /// What the sector's chain takes as its proof; a record that does not say it is older than the choice.
    /// </summary>
    /// <exception cref="FormatException">The record names a kind that is not known.</exception>
    public static ProofKind ProofKindOf(SealSpec spec) => spec.ProofKind.Length == 0 ? ProofKind.Vanilla
        : ProofKindText.TryParse(spec.ProofKind, out var kind) ? kind
        : throw new FormatException($"'{spec.ProofKind}' is no kind of proof that this miner knows.");

    /// <summary>The phase whose result is the proof that the chain takes.</summary>
    /// <exception cref="FormatException">The record names a kind that is not known.</exception>
    public static string ProofPhaseOf(SealSpec spec) => ProofKindOf(spec) == ProofKind.Groth16 ? "C2" : "C1";

    /// <summary>The record's form.</summary>
    public static SealSpec From(SealConfig config, ulong miner)
    {
        var spec = new SealSpec
        {
            SectorSize = (ulong)config.Shape.SectorSize,
            PorepId = config.PoRepId.ToString(),
            ApiVersion = $"1.{(int)config.ApiVersion}",
            Feature = config.Feature switch
            {
                PoRepFeature.Synthetic => "synthetic",
                PoRepFeature.NonInteractive => "ni",
                _ => "",
            },
            Miner = miner,
        };
        if (config.RegisteredSealProof is { } number)
        {
            spec.SealProof = number;
        }

        return spec;
    }

    /// <summary>The library's form.</summary>
    /// <exception cref="FormatException">The record says something that no configuration has.</exception>
    public static SealConfig ToConfig(SealSpec spec)
    {
        try
        {
            if (spec.HasSealProof)
            {
                return SealConfig.FromRegistered(spec.SealProof);
            }

            var version = Enum.GetValues<ApiVersion>().First(version => $"1.{(int)version}" == spec.ApiVersion);
            var feature = spec.Feature switch
            {
                "" => PoRepFeature.Interactive,
                "synthetic" => PoRepFeature.Synthetic,
                "ni" => PoRepFeature.NonInteractive,
                _ => throw new FormatException($"'{spec.Feature}' is no feature of a PoRep."),
            };
            return SealConfig.Create((long)spec.SectorSize, Bytes32.FromHex(spec.PorepId), version, feature);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            throw new FormatException($"The sector's seal specification cannot be: {error.Message}", error);
        }
    }
}
