using System.Text.Json;

namespace Federation.Hosting.JsonRpc;

/// <summary>One method of the API: its name, who may call it, what it takes.</summary>
internal sealed record JsonRpcMethod(
    string Name,
    ApiPermissions Need,
    IReadOnlyList<Type> ParameterTypes,
    Func<JsonRpcCaller, object?[], CancellationToken, Task<object?>> Invoke)
{
    /// <summary>The name that errors use: Lotus leaves the namespace out.</summary>
    internal string ShortName => Name[(Name.LastIndexOf('.') + 1)..];

    /// <summary>Reads the parameters; null with the answer when they do not fit.</summary>
    internal object?[]? Bind(JsonElement parameters, out JsonRpcFault? fault)
    {
        fault = null;
        if (parameters.ValueKind is not (JsonValueKind.Array or JsonValueKind.Null or JsonValueKind.Undefined))
        {
            var kind = JsonRpcJson.KindOf(parameters);
            fault = JsonRpcFault.BadParameter(
                $"unmarshaling param array: json: cannot unmarshal {kind} into Go value of type []jsonrpc.param");
            return null;
        }

        var given = parameters.ValueKind == JsonValueKind.Array ? parameters.GetArrayLength() : 0;
        if (given != ParameterTypes.Count)
        {
            fault = JsonRpcFault.WrongCount(Name, given, ParameterTypes.Count);
            return null;
        }

        var values = new object?[given];
        for (var i = 0; i < given; i++)
        {
            if (!JsonRpcJson.TryRead(parameters[i], ParameterTypes[i], out values[i], out var problem))
            {
                var type = JsonRpcJson.GoName(ParameterTypes[i]);
                fault = JsonRpcFault.BadParameter($"unmarshaling params for '{Name}' (param: *{type}): {problem}");
                return null;
            }
        }

        return values;
    }
}
