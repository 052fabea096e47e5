using Federation.Proofs.Constraints;

namespace Federation.Proofs.Circuits;

/// <summary>
/// A node's label: SHA-256 of the replica id, layer, node and 37 parents, which are the given ones over and over, cut
/// to 254 bits.
/// </summary>
internal sealed class LabelGadget(ConstraintSystem system, ReadOnlyMemory<Bit> replicaId)
{
    private const int NodeBits = 256;
    private const int LayerBits = 32;
    private const int HeaderBits = 2 * NodeBits;
    private const int ParentCount = 37;

    private readonly Sha256Gadget _sha256 = new(system);
    private readonly Bit[] _message = new Bit[HeaderBits + (ParentCount * NodeBits)];

    /// <summary>Makes the label.</summary>
    /// <param name="layer">Layer, from 1.</param>
    /// <param name="node">The node's 64 bits, lowest first.</param>
    /// <param name="drgParents">Base parents' labels of all layers, of which this layer's are hashed.</param>
    /// <param name="expParents">
    /// Expander parents' labels of all layers, of which the previous layer's are hashed, except on layer 1.
    /// </param>
    internal Num Make(int layer, ReadOnlySpan<Bit> node, Num[][] drgParents, Num[][] expParents)
    {
        WriteHeader(layer, node);
        var parents = _message.AsSpan(HeaderBits);
        var written = Unpack("drg parent bits", drgParents, layer - 1, parents);
        if (layer > 1)
        {
            written += Unpack("exp parent bits", expParents, layer - 2, parents[written..]);
        }

        for (var i = written; i < parents.Length; i++)
        {
            parents[i] = parents[i - written];
        }

        using var scope = system.Enter("create label");
        Span<Bit> digest = stackalloc Bit[Sha256Gadget.DigestBits];
        using (system.Enter("hash"))
        {
            _sha256.Hash(_message, digest);
        }

        return system.FromDigest(digest);
    }

    private void WriteHeader(int layer, ReadOnlySpan<Bit> node)
    {
        var header = _message.AsSpan(0, HeaderBits);
        replicaId.Span.CopyTo(header);
        header[NodeBits..].Clear();
        for (var i = 0; i < LayerBits; i++)
        {
            header[NodeBits + LayerBits - 1 - i] = Bit.Constant((layer >> i & 1) != 0);
        }

        for (var i = 0; i < node.Length; i++)
        {
            header[NodeBits + LayerBits + node.Length - 1 - i] = node[i];
        }
    }

    private int Unpack(string name, Num[][] parents, int row, Span<Bit> message)
    {
        for (var i = 0; i < parents.Length; i++)
        {
            using var scope = system.Enter(name, i);
            system.ToMessage(parents[i][row], message.Slice(i * NodeBits, NodeBits));
        }

        return parents.Length * NodeBits;
    }
}
