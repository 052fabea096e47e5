using Federation.Proofs.Fields;
using Federation.Proofs.Trees;

namespace Federation.Proofs.PreCommit2;

/// <summary>Encodes data into the replica file. Safe for concurrent calls on different nodes.</summary>
internal sealed class ReplicaWriter(NodeFile data, NodeFile key, NodeFile replica)
{
    private const int NodesPerRead = 128;

    /// <summary>Writes consecutive nodes of the replica, to the file and to <paramref name="nodes"/>.</summary>
    /// <exception cref="InvalidDataException">A node of the data or of the key is not a field element.</exception>
    public void Encode(long firstNode, Span<byte> nodes)
    {
        data.Read(firstNode, nodes);
        Span<byte> keys = stackalloc byte[NodesPerRead * Fr.SizeBytes];
        for (int done = 0; done < nodes.Length; done += keys.Length)
        {
            Span<byte> batch = nodes.Slice(done, Math.Min(keys.Length, nodes.Length - done));
            Span<byte> batchKeys = keys[..batch.Length];
            long first = firstNode + (done / Fr.SizeBytes);
            key.Read(first, batchKeys);
            int refused = ReplicaEncoding.Encode(batchKeys, batch, batch);
            if (refused >= 0)
            {
                throw Corrupt(first + refused, batch.Slice(refused * Fr.SizeBytes, Fr.SizeBytes));
            }
        }

        replica.Write(firstNode, nodes);
    }

    private InvalidDataException Corrupt(long node, ReadOnlySpan<byte> dataNode) => Fr.IsCanonical(dataNode)
        ? new InvalidDataException($"file {key.Path} is corrupt at node {node}: remove it and run PreCommit1 again")
        : new InvalidDataException($"file {data.Path} holds no padded data at node {node}: run AddPiece again");
}
