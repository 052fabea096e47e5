using System.Text.Json;
using System.Text.Json.Serialization;

namespace Federation.Bench.Figures;

/// <summary>What was measured; as JSON, one line of the output.</summary>
/// <param name="Name">The figure's name.</param>
/// <param name="Value">The figure, in its unit.</param>
/// <param name="Unit">Unit of value and reference.</param>
/// <param name="Reference">The reference's value in the same rounds; null for a figure without one.</param>
/// <param name="Ratio">Median over the rounds of value / reference; null for a figure without one.</param>
/// <param name="Cores">Processors that the process was confined to.</param>
/// <param name="Cycles">Time × clock × cores for one operation; null where only an amount was taken.</param>
/// <param name="Operation">What one operation is.</param>
/// <param name="Against">The reference's name; null for a figure without one.</param>
/// <param name="Goal">What is to be reached, as text; null for a figure that only informs.</param>
/// <param name="Reached">Whether it is; null for a figure that only informs.</param>
internal sealed record FigureResult(
    string Name,
    double Value,
    string Unit,
    double? Reference,
    double? Ratio,
    int Cores,
    double? Cycles,
    string Operation,
    string? Against,
    string? Goal = null,
    bool? Reached = null)
{
    private static readonly JsonSerializerOptions JsonOptions = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>One line, without its end.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, JsonOptions);
}
