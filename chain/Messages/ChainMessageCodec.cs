namespace Federation.Chain.Messages;

/// <summary>
/// The canonical encoding of messages: a CBOR array that begins with the method's number. Equal messages have equal
/// bytes, so a message's CID is known before it is pushed.
/// </summary>
public static class ChainMessageCodec
{
    private const ulong PreCommitMethod = 28, ProveCommitMethod = 34;
    private const int PreCommitMembers = 10, ProveCommitMembers = 6, PieceMembers = 2;

    /// <summary>Encodes.</summary>
    public static byte[] Encode(ChainMessage message)
    {
        var writer = new CborWriter();
        switch (message)
        {
            case PreCommitMessage preCommit:
                Head(writer.Array(PreCommitMembers), PreCommitMethod, message).Text(preCommit.SealProof)
                    .Bytes(preCommit.CommR).Bytes(preCommit.CommD).Integer(preCommit.TicketEpoch)
                    .Array(preCommit.Pieces.Count);
                foreach (var piece in preCommit.Pieces)
                {
                    writer.Array(PieceMembers).Unsigned(piece.PaddedSize).Text(piece.Cid);
                }

                writer.Integer(preCommit.Expiration);
                break;
            case ProveCommitMessage proveCommit:
                Head(writer.Array(ProveCommitMembers), ProveCommitMethod, message)
                    .Text(proveCommit.ProofKind).Text(proveCommit.ProofSha256);
                break;
            default:
                throw new ArgumentException(
                    $"{message.GetType().Name} is not a message that the chain knows.", nameof(message));
        }

        return writer.ToArray();
    }

    /// <summary>The message's CID.</summary>
    public static string Cid(ChainMessage message) => ChainCid.Of(Encode(message));

    /// <summary>Decodes what <see cref="Encode"/> writes.</summary>
    /// <exception cref="FormatException">The bytes are no canonical encoding of a known message.</exception>
    public static ChainMessage Decode(ReadOnlySpan<byte> encoding)
    {
        var reader = new CborReader(encoding);
        var members = reader.Array();
        var (method, miner, sector, nonce) =
            (reader.Unsigned(), reader.Unsigned(), reader.Unsigned(), reader.Unsigned());
        ChainMessage message = (method, members) switch
        {
            (PreCommitMethod, PreCommitMembers) => new PreCommitMessage(
                miner, sector, nonce, reader.Text(), reader.Bytes(), reader.Bytes(), reader.Integer(),
                Pieces(ref reader), reader.Integer()),
            (ProveCommitMethod, ProveCommitMembers) =>
                new ProveCommitMessage(miner, sector, nonce, reader.Text(), reader.Text()),
            _ => throw new FormatException($"no message has method {method} and {members} members"),
        };
        reader.End();
        return message;
    }

    private static CborWriter Head(CborWriter writer, ulong method, ChainMessage message) =>
        writer.Unsigned(method).Unsigned(message.Miner).Unsigned(message.Sector).Unsigned(message.Nonce);

    private static List<ChainPiece> Pieces(ref CborReader reader)
    {
        var count = reader.Array();
        var pieces = new List<ChainPiece>();
        for (var index = 0; index < count; index++)
        {
            if (reader.Array() != PieceMembers)
            {
                throw new FormatException("a piece of a message does not have two members");
            }

            pieces.Add(new ChainPiece(reader.Unsigned(), reader.Text()));
        }

        return pieces;
    }
}
