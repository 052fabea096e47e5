using Federation.Proofs.Labels;
using Federation.Proofs.PreCommit2;

namespace Federation.Proofs.Tests.PreCommit2;

// Layers and data that a disk has changed since PC1 left them.
public sealed partial class PreCommit2PhaseTests
{
    private const int Node = 40;

    [Fact]
    public void Run_LayersAsTheirMarksSay_IsTheSameReplicaAndTellsOfTheCheck()
    {
        MarkLayers();
        var reports = new RecordedProgress();
        PreCommit2Result result = PreCommit2Phase.Run(
            Request with { CommD = Vector.Inputs.CommD }, new SealOptions(), reports, CancellationToken.None);

        Assert.Equal(Vector.Inputs.CommR, result.CommR);
        Assert.Equal(["check", "tree-c", "tree-r-last"], reports.Reports.Select(report => report.Stage).Distinct());
        Assert.Equal(reports.Reports.OrderBy(report => report.Fraction), reports.Reports);
    }

    // Each label stays a field element: trees could be built of it.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Run_LayerOtherThanItsMark_IsRefusedBeforeAnythingIsMade(int layer)
    {
        MarkLayers();
        Flip(_folder[CacheFiles.Layer(layer)], Node * 32);

        AssertRefused(Request, _folder[CacheFiles.Layer(layer)]);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(75)]
    [InlineData(100)]
    [InlineData(CacheFiles.LayerMarkSize - 1)]
    public void Run_MarkDamaged_IsRefusedBeforeAnythingIsMade(int position)
    {
        MarkLayers();
        Flip(_folder[CacheFiles.LayerMark(2)], position);

        AssertRefused(Request, _folder[CacheFiles.Layer(2)]);
    }

    [Fact]
    public void Run_DataOtherThanTheirCommD_AreRefusedBeforeAnythingIsMade()
    {
        Flip(Unsealed, Node * 32);

        AssertRefused(Request with { CommD = Vector.Inputs.CommD }, Unsealed);
    }

    // What was built of damaged files would be taken for good once they are mended.
    private void AssertRefused(PreCommit2Request request, string path)
    {
        string?[] before = [.. FileNames(_folder.Path)];
        var refused = Assert.Throws<InvalidDataException>(() => Run(request));
        Assert.Contains(path, refused.Message, StringComparison.Ordinal);
        Assert.EndsWith("run PreCommit1 again", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, FileNames(_folder.Path));
    }

    private void MarkLayers()
    {
        for (int layer = 1; layer <= Layers.Length; layer++)
        {
            byte[] labels = File.ReadAllBytes(_folder[CacheFiles.Layer(layer)]);
            var checksum = new LayerChecksum();
            checksum.Add(labels);
            LayerMark.Write(
                _folder.Path, layer, Vector.Inputs.ReplicaId(Vector.Config), labels.Length, checksum);
        }
    }

    private static void Flip(string path, int position)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[position] ^= 1;
        File.WriteAllBytes(path, bytes);
    }
}
