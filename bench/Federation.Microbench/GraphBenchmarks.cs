using BenchmarkDotNet.Attributes;
using Federation.Proofs;
using Federation.Proofs.ChaCha;
using Federation.Proofs.Graph;

namespace Federation.Microbench;

/// <summary>Parents of nodes of 512 MiB, whole and in their parts.</summary>
public class GraphBenchmarks
{
    private const int Nodes = 256, RegisteredProof = 7;
    private const uint FirstNode = 9_000_000;

    private static readonly uint[] Key = [1, 2, 3, 4, 5, 6, 7];

    private readonly uint[] _rows = new uint[Nodes * SdrGraph.Degree];
    private readonly ulong[] _images = new ulong[Nodes * SdrGraph.ExpansionDegree];
    private readonly uint[] _streams = new uint[ChaCha8Lanes.StreamWords * 16];
    private readonly SdrGraph _graph = new(SealConfig.FromRegistered(RegisteredProof), tabulate: true);

    private readonly FeistelPermutation _permutation = new(
        GraphSeeds.Derive(SealConfig.FromRegistered(RegisteredProof).PoRepId).FeistelKeys,
        (ulong)SealConfig.FromRegistered(RegisteredProof).Shape.Nodes * SdrGraph.ExpansionDegree,
        tabulate: true);

    private readonly BaseParentSampler _sampler = new(
        GraphSeeds.Derive(SealConfig.FromRegistered(RegisteredProof).PoRepId).DrgSeed);

    /// <summary>One node after the other.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Nodes)]
    public void ParentsOneByOne()
    {
        for (var i = 0; i < Nodes; i++)
        {
            _graph.Parents(FirstNode + (uint)i, _rows.AsSpan(i * SdrGraph.Degree));
        }
    }

    /// <summary>All nodes as a batch.</summary>
    [Benchmark(OperationsPerInvoke = Nodes)]
    public void Rows() => _graph.Rows(FirstNode, _rows);

    /// <summary>The sampled base parents of the batch.</summary>
    [Benchmark(OperationsPerInvoke = Nodes)]
    public void BaseParents() => _sampler.Sample(FirstNode, Nodes, _rows);

    /// <summary>Their key streams alone, with vectors of each width that the machine has.</summary>
    [Benchmark(OperationsPerInvoke = Nodes)]
    [Arguments(1)]
    [Arguments(4)]
    [Arguments(8)]
    [Arguments(16)]
    public void KeyStreams(int lanes)
    {
        for (var i = 0; i < Nodes; i += lanes)
        {
            switch (lanes)
            {
                case 16:
                    ChaCha8Lanes.Compute<LaneWords16>(Key, (uint)i, _streams);
                    break;
                case 8:
                    ChaCha8Lanes.Compute<LaneWords8>(Key, (uint)i, _streams);
                    break;
                case 4:
                    ChaCha8Lanes.Compute<LaneWords4>(Key, (uint)i, _streams);
                    break;
                default:
                    ChaCha8Lanes.Compute<LaneWords1>(Key, (uint)i, _streams);
                    break;
            }
        }
    }

    /// <summary>The expander's images of the batch.</summary>
    [Benchmark(OperationsPerInvoke = Nodes)]
    public void ExpanderImages() => _permutation.PermuteMany((ulong)FirstNode * SdrGraph.ExpansionDegree, _images);
}
