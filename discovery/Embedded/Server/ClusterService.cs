using Federation.Proto.Etcd;
using Federation.Proto.Transport;

namespace Federation.Discovery.Embedded.Server;

/// <summary>One member, reached where it listens.</summary>
internal sealed class ClusterService(EmbeddedStore store, IReadOnlyList<string> clientUrls) : ClusterServiceBase
{
    private const string Name = "embedded";

    public override async Task<MemberListResponse> MemberListAsync(MemberListRequest request, ServerCallContext context)
    {
        var header = (await store.StatusAsync()).Header;
        return new MemberListResponse
        {
            Header = header,
            Members = { new Member { ID = header.MemberId, Name = Name, ClientURLs = { clientUrls } } },
        };
    }
}
