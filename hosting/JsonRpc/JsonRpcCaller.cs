namespace Federation.Hosting.JsonRpc;

/// <summary>Who calls a method.</summary>
/// <param name="Permissions">What their token allows.</param>
/// <param name="Remote">Where they come from, for the log.</param>
public sealed record JsonRpcCaller(ApiPermissions Permissions, string Remote);
