using Federation.Proofs.Trees;

namespace Federation.Proofs.Tests;

/// <summary>Files of a large sector's size that are nothing but a hole.</summary>
internal static class SparseFiles
{
    public static NodeFile Create(string path, long nodes)
    {
        using (FileStream file = File.Create(path))
        {
            file.SetLength(nodes * SectorShape.NodeSize);
        }

        return NodeFile.OpenWrite(path);
    }
}
