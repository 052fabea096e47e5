using Federation.Proofs.Trees;

namespace Federation.Proofs.Commit1;

/// <summary>An inclusion proof in JSON: the case of the tree's shape, then its parts.</summary>
internal static class InclusionJson
{
    /// <summary>Writes a proof in any tree.</summary>
    public static void Write(CompactJsonWriter json, MerkleProof proof)
    {
        if (proof.SubPath.Count == 0)
        {
            json.Raw("{\"data\":{\"Single\":{"u8);
            WriteEnds(json, proof);
            json.Raw(",\"path\":"u8);
            WritePath(json, proof.BasePath);
        }
        else
        {
            json.Raw(proof.TopPath.Count == 0
                ? "{\"data\":{\"Sub\":{\"base_proof\":"u8
                : "{\"data\":{\"Top\":{\"base_proof\":"u8);
            WritePath(json, proof.BasePath);
            json.Raw(",\"sub_proof\":"u8);
            WritePath(json, proof.SubPath);
            if (proof.TopPath.Count > 0)
            {
                json.Raw(",\"top_proof\":"u8);
                WritePath(json, proof.TopPath);
            }

            json.Raw(","u8);
            WriteEnds(json, proof);
        }

        json.Raw("}}}"u8);
    }

    /// <summary>Reads a proof in tree-d.</summary>
    /// <exception cref="FormatException">Something else comes.</exception>
    public static MerkleProof ReadBinary(StrictJsonReader json, SectorShape shape) =>
        ReadSingle(json, shape.TreeDHeight, arity: 2);

    /// <summary>Reads a proof in tree-c or tree-r-last.</summary>
    /// <exception cref="FormatException">Something else comes.</exception>
    public static MerkleProof Read(StrictJsonReader json, SectorShape shape)
    {
        if (shape.SubArity == 0)
        {
            return ReadSingle(json, shape.BaseTreeHeight, shape.BaseArity);
        }

        json.Expect(
            shape.TopArity == 0 ? "{\"data\":{\"Sub\":{\"base_proof\":"u8 : "{\"data\":{\"Top\":{\"base_proof\":"u8);
        var basePath = ReadPath(json, shape.BaseTreeHeight, shape.BaseArity);
        json.Expect(",\"sub_proof\":"u8);
        var subPath = ReadPath(json, 1, shape.SubArity);
        PathElement[] topPath = [];
        if (shape.TopArity > 0)
        {
            json.Expect(",\"top_proof\":"u8);
            topPath = ReadPath(json, 1, shape.TopArity);
        }

        json.Expect(",\"root\":"u8);
        var root = ReadNode(json);
        json.Expect(",\"leaf\":"u8);
        var leaf = ReadNode(json);
        json.Expect("}}}"u8);
        return new MerkleProof(root, leaf, basePath, subPath, topPath);
    }

    private static MerkleProof ReadSingle(StrictJsonReader json, int height, int arity)
    {
        json.Expect("{\"data\":{\"Single\":{\"root\":"u8);
        var root = ReadNode(json);
        json.Expect(",\"leaf\":"u8);
        var leaf = ReadNode(json);
        json.Expect(",\"path\":"u8);
        var path = ReadPath(json, height, arity);
        json.Expect("}}}"u8);
        return new MerkleProof(root, leaf, path);
    }

    private static PathElement[] ReadPath(StrictJsonReader json, int height, int arity)
    {
        json.Expect("{\"path\":"u8);
        var path = json.List(height, () => ReadElement(json, arity));
        json.Expect("}"u8);
        return path;
    }

    private static PathElement ReadElement(StrictJsonReader json, int arity)
    {
        json.Expect("{\"hashes\":"u8);
        var siblings = json.Nodes(arity - 1);
        json.Expect(",\"index\":"u8);
        var index = (int)json.Number((ulong)arity - 1);
        json.Expect("}"u8);
        return new PathElement(index, siblings);
    }

    private static byte[] ReadNode(StrictJsonReader json)
    {
        var node = new byte[Bytes32.Size];
        json.Bytes(node);
        return node;
    }

    private static void WriteEnds(CompactJsonWriter json, MerkleProof proof)
    {
        json.Raw("\"root\":"u8);
        json.Bytes(proof.Root.Span);
        json.Raw(",\"leaf\":"u8);
        json.Bytes(proof.Leaf.Span);
    }

    private static void WritePath(CompactJsonWriter json, IReadOnlyList<PathElement> path)
    {
        json.Raw("{\"path\":"u8);
        json.List(path, element => WriteElement(json, element));
        json.Raw("}"u8);
    }

    private static void WriteElement(CompactJsonWriter json, PathElement element)
    {
        json.Raw("{\"hashes\":"u8);
        json.Nodes(element.Siblings.Span);
        json.Raw(",\"index\":"u8);
        json.Number((ulong)element.Index);
        json.Raw("}"u8);
    }
}
