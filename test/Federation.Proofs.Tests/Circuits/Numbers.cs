using Federation.Proofs.Fields;

namespace Federation.Proofs.Tests.Circuits;

/// <summary>Random nodes and field elements of one seed.</summary>
internal sealed class Numbers(int seed)
{
    private readonly Random _random = new(seed);

    public byte[] Node()
    {
        var node = new byte[32];
        _random.NextBytes(node);
        node[31] &= 0x3f;
        return node;
    }

    public Fr Element() => Fr.FromBytes(Node());

    public Fr[] Elements(int count) => [.. Enumerable.Range(0, count).Select(_ => Element())];

    public byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }

    public uint Word() => (uint)_random.NextInt64(1L << 32);
}
