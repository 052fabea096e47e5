using System.Text.Json;

namespace Federation.Hosting.Rpc;

/// <summary>One method of the API: its name, who may call it, what it takes.</summary>
internal sealed record RpcMethod(
    string Name,
    ApiPermissions Need,
    IReadOnlyList<Type> ParameterTypes,
    Func<RpcCaller, object?[], CancellationToken, Task<object?>> Invoke)
{
    /// <summary>The name that errors use: Lotus leaves the namespace out.</summary>
    internal string ShortName => Name[(Name.LastIndexOf('.') + 1)..];

    /// <summary>Reads the parameters; null with the answer when they do not fit.</summary>
    internal object?[]? Bind(JsonElement parameters, out RpcFault? fault)
    {
        fault = null;
        if (parameters.ValueKind is not (JsonValueKind.Array or JsonValueKind.Null or JsonValueKind.Undefined))
        {
            fault = RpcFault.BadParameter(
                $"unmarshaling param array: json: cannot unmarshal {RpcJson.KindOf(parameters)} into Go value of type []jsonrpc.param");
            return null;
        }

        var given = parameters.ValueKind == JsonValueKind.Array ? parameters.GetArrayLength() : 0;
        if (given != ParameterTypes.Count)
        {
            fault = RpcFault.WrongCount(Name, given, ParameterTypes.Count);
            return null;
        }

        var values = new object?[given];
        for (var i = 0; i < given; i++)
        {
            if (!RpcJson.TryRead(parameters[i], ParameterTypes[i], out values[i], out var problem))
            {
                var type = RpcJson.GoName(ParameterTypes[i]);
                fault = RpcFault.BadParameter($"unmarshaling params for '{Name}' (param: *{type}): {problem}");
                return null;
            }
        }

        return values;
    }
}
