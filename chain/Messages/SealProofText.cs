using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Federation.Proofs;

namespace Federation.Chain.Messages;

/// <summary>
/// The seal proof of a message as text: the registered number where there is one, otherwise
/// <c>size/porep id/api version/feature</c>, e.g. <c>4096/00…00/1.1/interactive</c>.
/// </summary>
public static class SealProofText
{
    /// <summary>Formats; <see cref="TryParse"/> gives the same configuration back.</summary>
    public static string Format(SealConfig config) => config.RegisteredSealProof is { } number
        ? number.ToString(CultureInfo.InvariantCulture)
        : $"{config.Shape.SectorSize}/{config.PoRepId}/{VersionText(config.ApiVersion)}/{FeatureText(config.Feature)}";

    /// <summary>Parses what <see cref="Format"/> writes.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SealConfig? config)
    {
        config = null;
        try
        {
            config = text.Split('/') switch
            {
                [var number] when int.TryParse(
                    number, NumberStyles.None, CultureInfo.InvariantCulture, out var proof) =>
                    SealConfig.FromRegistered(proof),
                [var size, var id, var version, var feature]
                    when long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
                    && Bytes32.TryParseHex(id, out var poRepId)
                    && Version(version) is { } api && Feature(feature) is { } kind =>
                    SealConfig.Create(bytes, poRepId, api, kind),
                _ => null,
            };
        }
        catch (ArgumentException)
        {
            // A number or size that does not exist: the same answer as text that cannot be read.
        }

        return config is not null;
    }

    private static string VersionText(ApiVersion version) => $"1.{(int)version}";

    private static string FeatureText(PoRepFeature feature) => feature switch
    {
        PoRepFeature.Interactive => "interactive",
        PoRepFeature.Synthetic => "synthetic",
        _ => "ni",
    };

    private static ApiVersion? Version(string text)
    {
        foreach (var version in Enum.GetValues<ApiVersion>())
        {
            if (VersionText(version) == text)
            {
                return version;
            }
        }

        return null;
    }

    private static PoRepFeature? Feature(string text)
    {
        foreach (var feature in Enum.GetValues<PoRepFeature>())
        {
            if (FeatureText(feature) == text)
            {
                return feature;
            }
        }

        return null;
    }
}
