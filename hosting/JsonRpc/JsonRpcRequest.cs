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
        try
        {
            fault = Read(json, out request);
        }
        catch (InvalidOperationException)
        {
            // The reader unescapes names and strings only when they are looked at; half a surrogate pair fails here.
            fault = JsonRpcFault.ParseError;
        }

        return fault is null;
    }

    private static JsonRpcFault? Read(JsonElement json, out JsonRpcRequest? request)
    {
        request = null;
        if (json.ValueKind != JsonValueKind.Object)
        {
            return JsonRpcFault.ParseError;
        }

        var method = json.TryGetProperty("method", out var name) ? name.GetString() : null;
        json.TryGetProperty("id", out var id);
        if (id.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.True or JsonValueKind.False)
        {
            return JsonRpcFault.BadId(JsonRpcJson.KindOf(id));
        }

        _ = id.ValueKind == JsonValueKind.String ? id.GetString() : null;
        json.TryGetProperty("params", out var parameters);
        request = new JsonRpcRequest(method ?? "", parameters, id);
        return null;
    }
}
