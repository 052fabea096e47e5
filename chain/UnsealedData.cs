using System.Numerics;
using System.Security.Cryptography;
using Federation.Proofs;
using Federation.Proofs.Commitments;

namespace Federation.Chain;

/// <summary>
/// CommD from pieces as a chain computes it: independent of the proofs library's own way, which builds it from data.
/// </summary>
public static class UnsealedData
{
    private const ulong LeastPiece = 128;

    /// <summary>Joins the pieces in order, zero-filled to alignment and to the sector's size.</summary>
    public static bool TryCommD(
        long sectorSize, IReadOnlyList<ChainPiece> pieces, out Bytes32 commD, out string? reason)
    {
        commD = default;
        reason = pieces.Count == 0 ? "there are no pieces" : null;
        var stack = new Stack<(ulong Size, Bytes32 Root)>();
        foreach (var piece in pieces)
        {
            reason ??= Refusal(piece, sectorSize);
            if (reason is not null || !TryParse(piece.Cid, out var root))
            {
                return false;
            }

            FillUpTo(stack, piece.PaddedSize);
            Push(stack, piece.PaddedSize, root);
        }

        if (reason is not null)
        {
            return false;
        }

        while (stack.Count > 1)
        {
            Push(stack, stack.Peek().Size, ZeroRoot(stack.Peek().Size));
        }

        while (stack.Peek().Size < (ulong)sectorSize)
        {
            Push(stack, stack.Peek().Size, ZeroRoot(stack.Peek().Size));
        }

        (var total, commD) = stack.Peek();
        reason = total == (ulong)sectorSize ? null : $"the pieces take {total} bytes, the sector has {sectorSize}";
        return reason is null;
    }

    /// <summary>The commitment within a piece's CID.</summary>
    public static bool TryParse(string cid, out Bytes32 commitment)
    {
        var isUnsealed = Commitment.TryParse(cid, out var parsed) && parsed.Kind == CommitmentKind.Unsealed;
        commitment = isUnsealed ? parsed.Value : default;
        return isUnsealed;
    }

    private static string? Refusal(ChainPiece piece, long sectorSize)
    {
        if (!BitOperations.IsPow2(piece.PaddedSize) || piece.PaddedSize < LeastPiece
            || piece.PaddedSize > (ulong)sectorSize)
        {
            return $"a piece of {piece.PaddedSize} bytes does not fit a sector of {sectorSize}";
        }

        return TryParse(piece.Cid, out _) ? null : $"'{piece.Cid}' is no piece CID";
    }

    private static void FillUpTo(Stack<(ulong Size, Bytes32 Root)> stack, ulong alignment)
    {
        while (stack.Count > 0 && stack.Peek().Size < alignment)
        {
            Push(stack, stack.Peek().Size, ZeroRoot(stack.Peek().Size));
        }
    }

    private static void Push(Stack<(ulong Size, Bytes32 Root)> stack, ulong size, Bytes32 root)
    {
        while (stack.Count > 0 && stack.Peek().Size == size)
        {
            (root, size) = (Join(stack.Pop().Root, root), size * 2);
        }

        stack.Push((size, root));
    }

    private static Bytes32 ZeroRoot(ulong size)
    {
        var root = default(Bytes32);
        for (var covered = (ulong)Bytes32.Size; covered < size; covered *= 2)
        {
            root = Join(root, root);
        }

        return root;
    }

    private static Bytes32 Join(Bytes32 left, Bytes32 right)
    {
        Span<byte> buffer = stackalloc byte[2 * Bytes32.Size];
        left.CopyTo(buffer);
        right.CopyTo(buffer[Bytes32.Size..]);
        Span<byte> digest = stackalloc byte[Bytes32.Size];
        SHA256.HashData(buffer, digest);
        digest[^1] &= 0x3f;
        return new Bytes32(digest);
    }
}
