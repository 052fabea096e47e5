using Federation.Proofs;

namespace Federation.Worker.Processor;

/// <summary>API versions as lines write them.</summary>
internal static class ApiVersionText
{
    /// <summary>The version; null when there is none of this name.</summary>
    public static ApiVersion? Find(string? text) => text switch
    {
        "1.0" => ApiVersion.V1_0,
        "1.1" => ApiVersion.V1_1,
        "1.2" => ApiVersion.V1_2,
        _ => null,
    };
}
