using Federation.Proofs.Commit1;
using Federation.Proofs.Constraints;
using Federation.Proofs.Graph;
using Federation.Proofs.Trees;

namespace Federation.Proofs.Circuits;

/// <summary>All that a PoRep states of one challenged node.</summary>
internal sealed class ChallengeGadget(
    ConstraintSystem system, SectorShape shape, ReadOnlyMemory<Bit> replicaId, SectorRoots roots)
{
    private const int ChallengeBits = 64;

    private readonly InclusionGadget _treeD = new(system, TreeHash.Sha256);
    private readonly InclusionGadget _poseidonTree = new(system, TreeHash.Poseidon);
    private readonly LabelGadget _label = new(system, replicaId);
    private readonly PathShape _replicaPath = PathShape.Replica(shape);

    /// <summary>States it.</summary>
    /// <param name="proof">The node's vanilla proof; absent without a witness.</param>
    internal void Require(VanillaProof? proof)
    {
        var data = system.AllocateNode(proof is null ? [] : proof.CommDProof.Leaf.Span);
        using (system.Enter("comm_d inclusion"))
        {
            _treeD.Require(PathShape.TreeD(shape), data, roots.CommD, proof?.CommDProof);
        }

        var drgParents = RequireParents("drg parent", SdrGraph.BaseDegree, proof?.DrgParents);
        var expParents = RequireParents("exp parent", SdrGraph.ExpansionDegree, proof?.ExpParents);
        var challenge = AllocateChallenge(proof?.Column.Index ?? 0);
        var column = new Num[shape.Layers];
        for (var layer = 1; layer <= shape.Layers; layer++)
        {
            using var scope = system.Enter("labeling", layer);
            column[layer - 1] = _label.Make(layer, challenge, drgParents, expParents);
        }

        var replica = system.Add(column[^1], data);
        using (system.Enter("comm_r_last data inclusion"))
        {
            _poseidonTree.Require(_replicaPath, replica, roots.CommRLast, proof?.CommRLastProof);
        }

        RequireColumn(column, "c_x column hash", -1, "c_x inclusion", proof?.Column.Inclusion);
    }

    private Num[][] RequireParents(string name, int count, IReadOnlyList<ColumnProof>? proofs)
    {
        var parents = new Num[count][];
        for (var i = 0; i < count; i++)
        {
            parents[i] = AllocateRows(proofs?[i]);
            RequireColumn(parents[i], name, i, name + " inclusion", proofs?[i].Inclusion);
        }

        return parents;
    }

    private Num[] AllocateRows(ColumnProof? proof)
    {
        var rows = new Num[shape.Layers];
        for (var layer = 0; layer < rows.Length; layer++)
        {
            rows[layer] = system.AllocateNode(
                proof is null ? [] : proof.Rows.Span.Slice(layer * Bytes32.Size, Bytes32.Size));
        }

        return rows;
    }

    private void RequireColumn(Num[] column, string hashName, int number, string inclusionName, MerkleProof? inclusion)
    {
        Num hash;
        using (system.Enter(hashName, number))
        {
            hash = PoseidonGadget.Hash(system, column);
        }

        using (system.Enter(inclusionName, number))
        {
            _poseidonTree.Require(_replicaPath, hash, roots.CommC, inclusion);
        }
    }

    private Bit[] AllocateChallenge(uint node)
    {
        var bits = new Bit[ChallengeBits];
        using (system.Enter("challenge bits"))
        {
            for (var i = 0; i < bits.Length; i++)
            {
                bits[i] = system.AllocateBit(i < 32 && (node >> i & 1) != 0);
            }
        }

        system.ExposePacked(bits);
        return bits;
    }
}
