using BenchmarkDotNet.Attributes;
using Federation.Proofs.Fields;
using Federation.Proofs.Poseidon;

namespace Federation.Microbench;

/// <summary>Poseidon of consecutive nodes on each path of the field.</summary>
public class PoseidonBenchmarks
{
    private const int Hashes = 128, Seed = 1;

    private byte[] _nodes = [], _parents = [];

    /// <summary>Children of a node.</summary>
    [Params(2, 8, 11)]
    public int Arity { get; set; }

    /// <summary>The paths that this machine has.</summary>
    public static IEnumerable<FieldPath> Paths => FieldPaths.Supported;

    /// <summary>Makes the nodes.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        _nodes = new byte[Hashes * Arity * Fr.SizeBytes];
        _parents = new byte[Hashes * Fr.SizeBytes];
        new Random(Seed).NextBytes(_nodes);
        for (var i = Fr.SizeBytes - 1; i < _nodes.Length; i += Fr.SizeBytes)
        {
            _nodes[i] &= 0x3f;
        }
    }

    /// <summary>Hashes all.</summary>
    [Benchmark(OperationsPerInvoke = Hashes)]
    [ArgumentsSource(nameof(Paths))]
    public void HashNodes(FieldPath path) => PoseidonBatch.HashNodes(path, Arity, _nodes, _parents);
}
