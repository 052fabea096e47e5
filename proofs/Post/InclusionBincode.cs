using Federation.Proofs.Trees;

namespace Federation.Proofs.Post;

/// <summary>An inclusion proof in bincode: the case of the tree's shape, then its parts as in JSON.</summary>
internal static class InclusionBincode
{
    private const uint Single = 0, Sub = 1, Top = 2;

    public static void Write(BinaryWriter output, MerkleProof proof)
    {
        if (proof.SubPath.Count == 0)
        {
            output.Write(Single);
            WriteEnds(output, proof);
            WritePath(output, proof.BasePath);
            return;
        }

        output.Write(proof.TopPath.Count == 0 ? Sub : Top);
        WritePath(output, proof.BasePath);
        WritePath(output, proof.SubPath);
        if (proof.TopPath.Count > 0)
        {
            WritePath(output, proof.TopPath);
        }

        WriteEnds(output, proof);
    }

    public static MerkleProof Read(BincodeReader input, SectorShape shape)
    {
        if (shape.SubArity == 0)
        {
            input.ExpectCase(Single, "a tree without sub trees");
            var (ownRoot, ownLeaf) = (input.Nodes(1), input.Nodes(1));
            return new MerkleProof(ownRoot, ownLeaf, ReadPath(input, shape.BaseTreeHeight, shape.BaseArity));
        }

        input.ExpectCase(shape.TopArity == 0 ? Sub : Top, $"a tree of {shape.BaseTreeCount} base trees");
        var basePath = ReadPath(input, shape.BaseTreeHeight, shape.BaseArity);
        var subPath = ReadPath(input, 1, shape.SubArity);
        var topPath = shape.TopArity == 0 ? [] : ReadPath(input, 1, shape.TopArity);
        var (root, leaf) = (input.Nodes(1), input.Nodes(1));
        return new MerkleProof(root, leaf, basePath, subPath, topPath);
    }

    private static void WriteEnds(BinaryWriter output, MerkleProof proof)
    {
        output.Write(proof.Root.Span);
        output.Write(proof.Leaf.Span);
    }

    private static void WritePath(BinaryWriter output, IReadOnlyList<PathElement> path)
    {
        output.Write((ulong)path.Count);
        foreach (var element in path)
        {
            output.Write((ulong)element.Arity - 1);
            output.Write(element.Siblings.Span);
            output.Write((ulong)element.Index);
        }
    }

    private static PathElement[] ReadPath(BincodeReader input, int height, int arity)
    {
        input.Expect((ulong)height, $"a path of {height} steps");
        var path = new PathElement[height];
        for (var i = 0; i < height; i++)
        {
            input.Expect((ulong)arity - 1, $"{arity - 1} siblings");
            var siblings = input.Nodes(arity - 1);
            path[i] = new PathElement(input.Index(arity), siblings);
        }

        return path;
    }
}
