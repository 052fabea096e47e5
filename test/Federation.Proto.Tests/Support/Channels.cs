using Federation.Proto.Transport;

namespace Federation.Proto.Tests.Support;

/// <summary>Channels whose own limits no machine passes that stands still for a while.</summary>
internal static class Channels
{
    public static RpcChannel To(Uri address, RpcChannelOptions? options = null) =>
        new(address, (options ?? new RpcChannelOptions()) with
        {
            ConnectTimeout = Bounds.Limit, UnaryTimeout = Bounds.Limit,
        });
}
