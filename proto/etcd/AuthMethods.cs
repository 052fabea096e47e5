using Federation.Proto.Transport;

namespace Federation.Proto.Etcd;

/// <summary>The methods of etcd's Auth service.</summary>
public static class AuthMethods
{
    internal const string ServiceName = "etcdserverpb.Auth";

    /// <summary>Trades a name and a password for a token.</summary>
    public static Method<AuthenticateRequest, AuthenticateResponse> Authenticate { get; } =
        new(MethodType.Unary, ServiceName, "Authenticate");
}
