using System.Text.Json.Serialization;

namespace Federation.Miner.Api;

/// <summary>A CID as JSON has it.</summary>
internal sealed record CidLink([property: JsonPropertyName("/")] string Cid)
{
    public static CidLink? OrNull(string cid) => cid.Length == 0 ? null : new CidLink(cid);
}
