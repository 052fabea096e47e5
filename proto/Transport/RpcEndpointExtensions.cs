using Federation.Proto.Transport.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Federation.Proto.Transport;

/// <summary>Puts services on a Kestrel server's routes.</summary>
public static class RpcEndpointExtensions
{
    /// <summary>
    /// Serves each method of a service; any other method under its name is answered
    /// <see cref="StatusCode.Unimplemented"/>.
    /// </summary>
    public static IEndpointRouteBuilder MapRpcService(
        this IEndpointRouteBuilder endpoints, RpcServiceBase service, RpcServerOptions? options = null)
    {
        var services = endpoints.ServiceProvider;
        var environment = new RpcServerEnvironment(
            options ?? new RpcServerOptions(),
            services.GetService<TimeProvider>() ?? TimeProvider.System,
            services.GetRequiredService<ILoggerFactory>().CreateLogger($"Federation.Rpc.{service.ServiceName}"),
            services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        service.Bind(new RpcServiceBinder(environment, (path, call) => endpoints.MapPost(path, call)));
        endpoints.MapPost($"/{service.ServiceName}/{{method}}", RefuseUnknownMethod);
        return endpoints;
    }

    /// <summary>An empty path never equals the request's, so the check itself refuses.</summary>
    private static Task RefuseUnknownMethod(HttpContext http)
    {
        ServerRequest.TryAccept(http, string.Empty, out _);
        return Task.CompletedTask;
    }
}
