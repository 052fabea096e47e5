using System.Buffers;
using Federation.Proofs.Fields;
using Federation.Proofs.Trees;

namespace Federation.Proofs.PreCommit2;

/// <summary>Encodes data into the replica file. Reads may go on beside one another, writes come one at a
/// time.</summary>
internal sealed class ReplicaWriter(NodeFile data, NodeFile key, NodeFile replica)
{
    private readonly FlushAhead _flush = new(replica.Flush);

    /// <summary>Fills in consecutive nodes of the replica.</summary>
    /// <exception cref="InvalidDataException">A node of the data or of the key is not a field element.</exception>
    public void Encode(long firstNode, Span<byte> nodes)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(nodes.Length);
        try
        {
            Span<byte> keys = rented.AsSpan(0, nodes.Length);
            data.Read(firstNode, nodes);
            key.Read(firstNode, keys);
            int refused = ReplicaEncoding.Encode(keys, nodes, nodes);
            if (refused >= 0)
            {
                throw Corrupt(firstNode + refused, nodes.Slice(refused * Fr.SizeBytes, Fr.SizeBytes));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>Writes what <see cref="Encode"/> filled in.</summary>
    public void Write(long firstNode, ReadOnlySpan<byte> nodes)
    {
        replica.Write(firstNode, nodes);
        _flush.Add(nodes.Length);
    }

    /// <summary>Returns when no write to the disk is under way any more.</summary>
    /// <exception cref="IOException">A part could not be brought to the disk.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Finish(CancellationToken cancellationToken) => _flush.Finish(cancellationToken);

    private InvalidDataException Corrupt(long node, ReadOnlySpan<byte> dataNode) => Fr.IsCanonical(dataNode)
        ? new InvalidDataException($"file {key.Path} is corrupt at node {node}: remove it and run PreCommit1 again")
        : new InvalidDataException($"file {data.Path} holds no padded data at node {node}: run AddPiece again");
}
