using Federation.Proto.Transport;

namespace Federation.Proto.Etcd;

/// <summary>Calls etcd's Auth service: log in. Thread-safe.</summary>
/// <param name="channel">The server; stays its owner's to dispose.</param>
public sealed class AuthClient(RpcChannel channel)
{
    /// <summary>Trades a name and a password for a token.</summary>
    public UnaryCall<AuthenticateResponse> AuthenticateAsync(
        AuthenticateRequest request, CallOptions options = default) =>
        channel.Unary(AuthMethods.Authenticate, request, options);
}
