using Federation.Hosting.Config;
using Federation.Hosting.Net;

namespace Federation.Miner.Config;

/// <summary>
/// What agents dial where the miner is reached by other addresses than it serves on, behind NAT for instance.
/// Immutable.
/// </summary>
/// <param name="Grpc">In place of ServeIP and P.</param>
/// <param name="Bulk">In place of ServeIP and P+100.</param>
internal sealed record AdvertisedAddresses(HostPort Grpc, HostPort Bulk)
{
    private const string Key = "AdvertiseAddrs";

    /// <summary>Reads the key; null where it is empty.</summary>
    public static AdvertisedAddresses? Read(ConfigSection section)
    {
        var addresses = section.Read(Key, ConfigTypes.Endpoints, [],
            "What agents dial in place of ServeIP with P and P+100, two \"host:port\": gRPC and bulk,\n"
            + "for a miner behind NAT. Empty: as served.");
        if (addresses.Count is not (0 or 2))
        {
            section.AddError(Key, $"has {addresses.Count} addresses: give two, gRPC and bulk, or none");
        }

        return addresses.Count == 2 ? new AdvertisedAddresses(addresses[0], addresses[1]) : null;
    }
}
