using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Federation.Proofs.Sha256;

namespace Federation.Microbench;

/// <summary>SHA-256 of pairs of nodes and of messages, in lanes and by the runtime.</summary>
public class Sha256Benchmarks
{
    private const int Pairs = 1024, MessageSize = 16 << 10, Messages = 64;

    private readonly byte[] _nodes = new byte[2 * TreeHasher.NodeBytes * Pairs];
    private readonly byte[] _parents = new byte[TreeHasher.NodeBytes * Pairs];
    private readonly byte[] _messages = new byte[MessageSize * Messages];
    private readonly byte[] _digests = new byte[MessageHasher.DigestBytes * Messages];

    /// <summary>A row of a tree, its top two bits cleared.</summary>
    [Benchmark(OperationsPerInvoke = Pairs)]
    public void NodePairs() => TreeHasher.HashPairs(_nodes, _parents);

    /// <summary>Separate messages of 16 KiB; the unit is one message.</summary>
    [Benchmark(OperationsPerInvoke = Messages)]
    public void LongMessages() => MessageHasher.Hash(_messages, MessageSize, _digests);

    /// <summary>The same by the runtime, one after the other.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Messages)]
    public void LongMessagesByTheRuntime()
    {
        for (var i = 0; i < Messages; i++)
        {
            SHA256.HashData(
                _messages.AsSpan(i * MessageSize, MessageSize),
                _digests.AsSpan(i * MessageHasher.DigestBytes, MessageHasher.DigestBytes));
        }
    }
}
