using System.Diagnostics.CodeAnalysis;

namespace Federation.Hosting.JsonRpc;

/// <summary>The methods of an API, each under <c>Filecoin.</c> and its name in Lotus.</summary>
/// <remarks>
/// Filled once, before the server starts. A handler answers by its result, or by an <see cref="JsonRpcException"/> that
/// the
/// caller is to read; any other exception is a defect, logged and hidden from the caller.
/// </remarks>
public sealed class JsonRpcMethods
{
    internal const string Namespace = "Filecoin.";

    private readonly Dictionary<string, JsonRpcMethod> _methods = new(StringComparer.Ordinal);

    /// <summary>Adds a method without parameters.</summary>
    public JsonRpcMethods Add<TResult>(
        string name, ApiPermissions need, Func<JsonRpcCaller, CancellationToken, Task<TResult>> handler) =>
        Add(name, need, [], async (caller, _, ct) => await handler(caller, ct));

    /// <summary>Adds a method of one parameter.</summary>
    public JsonRpcMethods Add<T1, TResult>(
        string name, ApiPermissions need, Func<JsonRpcCaller, T1, CancellationToken, Task<TResult>> handler) =>
        Add(name, need, [typeof(T1)], async (caller, p, ct) => await handler(caller, (T1)p[0]!, ct));

    /// <summary>Adds a method of two parameters.</summary>
    public JsonRpcMethods Add<T1, T2, TResult>(
        string name, ApiPermissions need, Func<JsonRpcCaller, T1, T2, CancellationToken, Task<TResult>> handler) =>
        Add(name, need, [typeof(T1), typeof(T2)],
            async (caller, p, ct) => await handler(caller, (T1)p[0]!, (T2)p[1]!, ct));

    /// <summary>Adds a method of three parameters.</summary>
    public JsonRpcMethods Add<T1, T2, T3, TResult>(
        string name, ApiPermissions need, Func<JsonRpcCaller, T1, T2, T3, CancellationToken, Task<TResult>> handler) =>
        Add(name, need, [typeof(T1), typeof(T2), typeof(T3)],
            async (caller, p, ct) => await handler(caller, (T1)p[0]!, (T2)p[1]!, (T3)p[2]!, ct));

    internal bool TryGet(string name, [NotNullWhen(true)] out JsonRpcMethod? method) =>
        _methods.TryGetValue(name, out method);

    private JsonRpcMethods Add(
        string name,
        ApiPermissions need,
        IReadOnlyList<Type> types,
        Func<JsonRpcCaller, object?[], CancellationToken, Task<object?>> invoke)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _ = ApiTokens.NameOf(need);
        _methods.Add(Namespace + name, new JsonRpcMethod(Namespace + name, need, types, invoke));
        return this;
    }
}
