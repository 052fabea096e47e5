using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Federation.Hosting.JsonRpc;

/// <summary>A request whose envelope is sound. The id is a string, a number, null, or was not there.</summary>
internal sealed record JsonRpcRequest(string Method, JsonElement Parameters, JsonElement Id)
{
    /// <summary>Whether no answer is wanted.</summary>
    internal bool IsNotification => Id.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

    /// <summary>Reads an envelope, or says what is wrong with it.</summary>
    internal static bool TryRead(
        JsonElement json, [NotNullWhen(true)] out JsonRpcRequest? request, [NotNullWhen(false)] out JsonRpcFault? fault)
    {
        request = null;
        fault = JsonRpcFault.ParseError;
        if (json.ValueKind != JsonValueKind.Object || !TryGetText(json, "method", out var method))
        {
            return false;
        }

        var hasTextId = TryGetText(json, "id", out _);
        json.TryGetProperty("id", out var id);
        if (!hasTextId && id.ValueKind is not (JsonValueKind.Number or JsonValueKind.Null))
        {
            fault = id.ValueKind == JsonValueKind.String ? JsonRpcFault.ParseError : JsonRpcFault.BadId(JsonRpcJson.KindOf(id));
            return false;
        }

        json.TryGetProperty("params", out var parameters);
        request = new JsonRpcRequest(method, parameters, id);
        fault = null;
        return true;
    }

    /// <summary>A member that is text, or empty when it is not there; false when it is no text, or half a surrogate pair.</summary>
    private static bool TryGetText(JsonElement json, string name, out string text)
    {
        text = "";
        if (!json.TryGetProperty(name, out var member))
        {
            return true;
        }

        try
        {
            text = member.GetString() ?? "";
            return member.ValueKind == JsonValueKind.String;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
