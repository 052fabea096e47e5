using Federation.Proofs.Commit1;
using Federation.Proofs.Fields;
using Federation.Proofs.Graph;
using Federation.Proofs.Labels;
using Federation.Proofs.Poseidon;
using Federation.Proofs.Trees;

namespace Federation.Proofs.Verification;

/// <summary>Verifies the proofs of one sector's challenges. Thread-safe.</summary>
internal sealed class ChallengeVerifier(SdrGraph graph, SealPublicInputs inputs)
{
    private readonly Bytes32 _replicaId = inputs.ReplicaId(graph.Config);

    private SectorShape Shape => graph.Config.Shape;

    /// <summary>Verifies one challenge.</summary>
    public VerificationResult Verify(uint challenge, VanillaProof proof)
    {
        var parents = new uint[SdrGraph.Degree];
        graph.Parents(challenge, parents);
        if (proof.DrgParents.Count != SdrGraph.BaseDegree
            || proof.ExpParents.Count != SdrGraph.ExpansionDegree
            || proof.Labeling.Count != Shape.Layers)
        {
            return Refuse(VanillaFailure.PathShape, "a list of parents or labels has another length");
        }

        return FirstFailure(
            () => CheckRoots(proof),
            () => CheckData(challenge, proof.CommDProof),
            () => CheckReplica(challenge, proof.CommRLastProof),
            () => CheckColumns(challenge, parents, proof),
            () => CheckLabels(challenge, proof),
            () => CheckEncoding(challenge, proof));
    }

    private static VerificationResult FirstFailure(params ReadOnlySpan<Func<VerificationResult>> checks)
    {
        foreach (var check in checks)
        {
            var result = check();
            if (!result.IsValid)
            {
                return result;
            }
        }

        return VerificationResult.Accepted;
    }

    private static VerificationResult Refuse(VanillaFailure failure, string detail) => new(failure, detail);

    private VerificationResult CheckRoots(VanillaProof proof)
    {
        var commC = proof.Column.Inclusion.Root.Span;
        var commRLast = proof.CommRLastProof.Root.Span;
        if (!Fr.IsCanonical(commC) || !Fr.IsCanonical(commRLast))
        {
            return Refuse(VanillaFailure.NonCanonical, "a root is not a field element");
        }

        return inputs.CommR.AsSpan().SequenceEqual(PoseidonHash.Hash2(commC, commRLast))
            ? VerificationResult.Accepted
            : Refuse(VanillaFailure.CommR, "the roots of tree-c and tree-r-last do not hash to CommR");
    }

    private VerificationResult CheckData(uint challenge, MerkleProof proof)
    {
        if (!PoseidonPath.HasShape(proof.BasePath, Shape.TreeDHeight, 2)
            || proof.SubPath.Count + proof.TopPath.Count > 0)
        {
            return Refuse(VanillaFailure.PathShape, "the path in tree-d has another shape");
        }

        if (proof.LeafIndex != challenge)
        {
            return Refuse(VanillaFailure.NodeIndex, $"the path in tree-d is of node {proof.LeafIndex}");
        }

        if (!proof.BasePath.All(element => Fr.IsCanonical(element.Siblings.Span)))
        {
            return Refuse(VanillaFailure.NonCanonical, "a node of the path in tree-d is not a field element");
        }

        return proof.Root.Span.SequenceEqual(inputs.CommD.AsSpan()) && proof.Verify(TreeHash.Sha256)
            ? VerificationResult.Accepted
            : Refuse(VanillaFailure.DataInclusion, "the data node is not in tree-d under CommD");
    }

    private VerificationResult CheckReplica(uint challenge, MerkleProof proof) =>
        PoseidonPath.Check(Shape, proof, challenge, VanillaFailure.ReplicaInclusion, "tree-r-last");

    private VerificationResult CheckColumns(uint challenge, uint[] parents, VanillaProof proof)
    {
        var commC = proof.Column.Inclusion.Root;
        var result = CheckColumn(proof.Column, challenge, commC);
        for (var k = 0; k < SdrGraph.Degree && result.IsValid; k++)
        {
            var column = k < SdrGraph.BaseDegree ? proof.DrgParents[k] : proof.ExpParents[k - SdrGraph.BaseDegree];
            result = CheckColumn(column, parents[k], commC);
        }

        return result;
    }

    private VerificationResult CheckColumn(ColumnProof column, uint node, ReadOnlyMemory<byte> commC)
    {
        if (column.Index != node)
        {
            return Refuse(VanillaFailure.NodeIndex, $"a column is of node {column.Index}, not {node}");
        }

        if (column.Rows.Length != Shape.Layers * Bytes32.Size)
        {
            return Refuse(VanillaFailure.PathShape, $"the column of node {node} has another number of rows");
        }

        Span<byte> hash = stackalloc byte[Bytes32.Size];
        for (var layer = 0; layer < Shape.Layers; layer++)
        {
            if (!Fr.IsCanonical(column.Rows.Span.Slice(layer * Bytes32.Size, Bytes32.Size)))
            {
                return Refuse(VanillaFailure.NonCanonical, $"label {layer + 1} of node {node} is not a field element");
            }
        }

        PoseidonHash.HashNodes(column.Rows.Span, hash);
        if (!column.Inclusion.Leaf.Span.SequenceEqual(hash))
        {
            return Refuse(VanillaFailure.ColumnHash, $"the column of node {node} does not hash to its leaf");
        }

        return column.Inclusion.Root.Span.SequenceEqual(commC.Span)
            ? PoseidonPath.Check(Shape, column.Inclusion, node, VanillaFailure.ColumnInclusion, "tree-c")
            : Refuse(VanillaFailure.ColumnInclusion, $"the path of node {node} claims another root of tree-c");
    }

    private VerificationResult CheckLabels(uint challenge, VanillaProof proof)
    {
        Span<byte> parents = stackalloc byte[LabelParents.Size];
        Span<byte> label = stackalloc byte[Bytes32.Size];
        for (var layer = 1; layer <= Shape.Layers; layer++)
        {
            LabelParents.Collect(layer, proof.DrgParents, proof.ExpParents, parents);
            if (!States(proof.Labeling[layer - 1], layer, challenge, parents))
            {
                return Refuse(
                    VanillaFailure.LabelParents, $"the parents of label {layer} are not those of the columns");
            }

            SdrLabel.Compute(_replicaId, (uint)layer, challenge, parents, label);
            if (!label.SequenceEqual(proof.Column.Rows.Span.Slice((layer - 1) * Bytes32.Size, Bytes32.Size)))
            {
                return Refuse(VanillaFailure.Label, $"label {layer} is not the hash of its parents");
            }
        }

        return States(proof.Encoding, Shape.Layers, challenge, parents)
            ? VerificationResult.Accepted
            : Refuse(VanillaFailure.LabelParents, "the encoding's parents are not those of the columns");
    }

    private static VerificationResult CheckEncoding(uint challenge, VanillaProof proof)
    {
        if (!Fr.TryFromBytes(proof.CommDProof.Leaf.Span, out var data)
            || !Fr.TryFromBytes(proof.CommRLastProof.Leaf.Span, out var replica))
        {
            return Refuse(VanillaFailure.NonCanonical, $"the data or replica node {challenge} is not a field element");
        }

        var key = Fr.FromBytes(proof.Column.Rows.Span[^Bytes32.Size..]);
        return replica == data + key
            ? VerificationResult.Accepted
            : Refuse(VanillaFailure.Encoding, $"replica node {challenge} is not data plus label");
    }

    private static bool States(LabelingProof stated, int layer, uint node, ReadOnlySpan<byte> parents) =>
        stated.LayerIndex == layer && stated.Node == node && stated.Parents.Span.SequenceEqual(parents);
}
