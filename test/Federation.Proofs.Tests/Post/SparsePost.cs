using Federation.Proofs.Poseidon;
using Federation.Proofs.Post;
using Federation.Proofs.Tests.Verification;

namespace Federation.Proofs.Tests.Post;

/// <summary>Proofs of spacetime of sectors too large to be sealed in a test.</summary>
internal static class SparsePost
{
    /// <summary>Sector 1, without the sector: a tree of zeros but for the challenged leaves.</summary>
    public static PostStatement Prove(PostConfig config, out PostVanillaProof proof)
    {
        var challenges = PostChallenges.Leaves(config, default, 1, 0);
        var tree = SparseTree.Poseidon(
            config.Shape,
            challenges.Distinct().Select(leaf => KeyValuePair.Create((long)leaf, BitConverter.GetBytes(leaf + 1)))
                .Select(leaf => KeyValuePair.Create(leaf.Key, leaf.Value.Concat(new byte[28]).ToArray())));
        var commC = Bytes32.FromHex(new string('1', 64));
        var commR = new Bytes32(PoseidonHash.Hash2(commC.AsSpan(), tree.Root.AsSpan()));
        proof = new PostVanillaProof
        {
            Sector = new PostSector(1, commR),
            CommC = commC,
            CommRLast = tree.Root,
            Inclusions = [.. challenges.Select(leaf => tree.Prove(config.Shape, leaf))],
        };
        return new PostStatement(config, default, [proof.Sector]);
    }
}
