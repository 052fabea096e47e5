using Federation.Proofs.Post;

namespace Federation.Proofs.Tests.Post;

/// <summary>Sectors of the vectors, sealed here and deleted at the end.</summary>
internal sealed class PostSectors : IDisposable
{
    private readonly List<SealedSector> _sealed = [];

    public PostSectors(params IEnumerable<string> seals)
    {
        foreach (var seal in seals.Select(Vectors.Seal))
        {
            _sealed.Add(new SealedSector(seal.Config, seal.Inputs, seal.Data()));
        }
    }

    public SealedSector this[int number] => _sealed[number];

    /// <summary>The sectors under their own numbers, or under the given ones.</summary>
    public PostReplica[] Replicas(IReadOnlyList<PostSector>? names = null) =>
        [.. _sealed.Select((sector, i) => new PostReplica(
            names?[i] ?? new PostSector(sector.Inputs.Sector, sector.Inputs.CommR), sector.Cache, sector.Sealed))];

    public void Dispose() => _sealed.ForEach(sector => sector.Dispose());
}
