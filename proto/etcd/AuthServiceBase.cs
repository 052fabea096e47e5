using Federation.Proto.Transport;

namespace Federation.Proto.Etcd;

/// <summary>Serves etcd's Auth service; a method that is not overridden is Unimplemented.</summary>
public abstract class AuthServiceBase : RpcServiceBase
{
    /// <inheritdoc/>
    public override string ServiceName => AuthMethods.ServiceName;

    /// <summary>Trades a name and a password for a token.</summary>
    public virtual Task<AuthenticateResponse> AuthenticateAsync(
        AuthenticateRequest request, ServerCallContext context) =>
        throw Unimplemented(AuthMethods.Authenticate.FullName);

    /// <inheritdoc/>
    protected internal override void Bind(RpcServiceBinder binder) =>
        binder.Unary(AuthMethods.Authenticate, AuthenticateAsync);
}
