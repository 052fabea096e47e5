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
    /// has one; otherwise the same by its parts, with 32 bytes 0x80 for PoRep id.
    /// </summary>
    public static SealSpec ForNew(SectorShape shape, ulong miner)
    {
        const int RegisteredV11 = 5;
        var config = shape.RegisteredIndex is { } index
            ? SealConfig.FromRegistered(RegisteredV11 + index)
            : SealConfig.Create(shape.SectorSize, UnregisteredPoRepId, ApiVersion.V1_1, PoRepFeature.Interactive);
        return From(config, miner);
    }

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
