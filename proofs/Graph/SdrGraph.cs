using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using Federation.Proofs.ChaCha;

namespace Federation.Proofs.Graph;

/// <summary>
/// The stacked graph of one PoRep id and API version: six base parents (the same layer, smaller nodes) and eight
/// expander parents (the layer before) of each node. A node is a <see cref="uint"/>: at 64 GiB they reach 2^31 - 1.
/// Thread-safe.
/// </summary>
public sealed class SdrGraph
{
    /// <summary>Parents in the same layer.</summary>
    public const int BaseDegree = 6;

    /// <summary>Parents in the layer before.</summary>
    public const int ExpansionDegree = 8;

    /// <summary>All parents: the base parents, then the expander's.</summary>
    public const int Degree = BaseDegree + ExpansionDegree;

    private const int SampledParents = BaseDegree - 1;

    private const int NodesPerBatch = FeistelPermutation.MaxBatch / ExpansionDegree;

    private readonly byte[] _drgSeed;
    private readonly BaseParentSampler _sampler;
    private readonly FeistelPermutation _permutation;
    private readonly bool _previousNodeFirst;
    private readonly ulong _expanderMask;

    /// <param name="config">Shape, PoRep id and API version.</param>
    /// <param name="tabulate">
    /// Prepare for many nodes (up to 1.5 MiB and 0.2 s); without it a row costs 24 BLAKE2b, which suits a few hundred.
    /// </param>
    public SdrGraph(SealConfig config, bool tabulate)
    {
        var seeds = GraphSeeds.Derive(config.PoRepId);
        Config = config;
        _drgSeed = seeds.DrgSeed;
        _sampler = new BaseParentSampler(_drgSeed);
        _permutation = new FeistelPermutation(
            seeds.FeistelKeys, (ulong)config.Shape.Nodes * ExpansionDegree, tabulate);
        _previousNodeFirst = config.ApiVersion != ApiVersion.V1_0;

        // API 1.0 kept a bug: the expander's number is cut to 32 bits before it becomes a node.
        _expanderMask = config.ApiVersion == ApiVersion.V1_0 ? uint.MaxValue : ulong.MaxValue;
    }

    /// <summary>What the graph was made for.</summary>
    public SealConfig Config { get; }

    /// <summary>Number of nodes in each layer.</summary>
    public long Nodes => Config.Shape.Nodes;

    /// <summary>Writes the 14 parents of a node: six base, then eight expander parents.</summary>
    public void Parents(uint node, Span<uint> parents)
    {
        BaseParents(node, parents[..BaseDegree]);
        ExpanderParents(node, parents.Slice(BaseDegree, ExpansionDegree));
    }

    /// <summary>
    /// Writes the rows of consecutive nodes, 14 parents each: as <see cref="Parents"/> does, which stays as the plain
    /// form, but at a tenth of its cost where the permutation is tabulated.
    /// </summary>
    /// <param name="firstNode">First node.</param>
    /// <param name="rows">Whole rows.</param>
    public void Rows(uint firstNode, Span<uint> rows)
    {
        var done = 0u;
        while (rows.Length > 0)
        {
            var count = Math.Min(NodesPerBatch, rows.Length / Degree);
            var node = firstNode + done;
            if (node < 2 || !_permutation.IsTabulated)
            {
                count = 1;
                Parents(node, rows);
            }
            else
            {
                RowBatch(node, count, rows);
            }

            rows = rows[(count * Degree)..];
            done += (uint)count;
        }
    }

    /// <summary>Writes the six base parents; nodes 0 and 1 have node 0 six times.</summary>
    public void BaseParents(uint node, Span<uint> parents)
    {
        if (node < 2)
        {
            parents[..BaseDegree].Clear();
            return;
        }

        Sample(node, parents.Slice(_previousNodeFirst ? 1 : 0, SampledParents));
        parents[_previousNodeFirst ? 0 : SampledParents] = node - 1;
    }

    /// <summary>
    /// Writes the eight expander parents, which exist for every layer although the first has no use for them.
    /// </summary>
    public void ExpanderParents(uint node, Span<uint> parents)
    {
        for (var i = 0; i < ExpansionDegree; i++)
        {
            var image = _permutation.Permute(((ulong)node * ExpansionDegree) + (ulong)i);
            parents[i] = (uint)((image & _expanderMask) / ExpansionDegree);
        }
    }

    [SkipLocalsInit]
    private void RowBatch(uint firstNode, int count, Span<uint> rows)
    {
        rows = rows[..(count * Degree)];
        _sampler.Sample(firstNode, count, rows[(_previousNodeFirst ? 1 : 0)..]);
        Span<ulong> images = stackalloc ulong[FeistelPermutation.MaxBatch];
        images = images[..(count * ExpansionDegree)];
        _permutation.PermuteMany((ulong)firstNode * ExpansionDegree, images);
        var previous = _previousNodeFirst ? 0 : SampledParents;
        for (var i = 0; i < count; i++)
        {
            var row = rows.Slice(i * Degree, Degree);
            row[previous] = firstNode + (uint)i - 1;
            for (var k = 0; k < ExpansionDegree; k++)
            {
                row[BaseDegree + k] = (uint)((images[(i * ExpansionDegree) + k] & _expanderMask) / ExpansionDegree);
            }
        }
    }

    /// <summary>DRSample: a bucket of distances by its binary length, then a distance in it.</summary>
    private void Sample(uint node, Span<uint> parents)
    {
        Span<byte> key = stackalloc byte[ChaCha20.KeySize];
        _drgSeed.CopyTo(key);
        BinaryPrimitives.WriteUInt32LittleEndian(key[_drgSeed.Length..], node);
        var rng = new ChaCha8Rng(key, stackalloc uint[2 * ChaChaBlock.Words]);

        var metaNode = (ulong)node * SampledParents;
        var buckets = (ulong)(64 - BitOperations.LeadingZeroCount(metaNode - 1));
        foreach (ref var parent in parents)
        {
            var bucket = (int)(rng.NextUInt64() % buckets) + 1;
            var largest = Math.Min(metaNode, 1UL << bucket);
            var smallest = Math.Max(2, largest >> 1);
            var distance = smallest + (rng.NextUInt64() % (largest - smallest + 1));
            var sampled = (uint)((metaNode - distance) / SampledParents);
            parent = sampled == node ? node - 1 : sampled;
        }
    }
}
