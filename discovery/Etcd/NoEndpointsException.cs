using Federation.Discovery.Store;

namespace Federation.Discovery.Etcd;

/// <summary>No store answered at start. The first line is the one that operators know, the second the remedy.</summary>
public sealed class NoEndpointsException(string remedy, Exception? inner = null)
    : StoreUnavailableException($"{FirstLine}\n{remedy}", inner)
{
    /// <summary>The message's first line.</summary>
    public const string FirstLine = "client: no endpoints available";
}
