using System.Buffers.Binary;
using Federation.Proofs.Graph;
using Federation.Proofs.Labels;

namespace Federation.Proofs.Tests.Labels;

public sealed class SdrLabelTests
{
    // rust-fil-proofs: create_label/multi.rs, test_create_labels. Eleven layers, the last label of the last.
    [Theory]
    [InlineData("00", ApiVersion.V1_0, 2048, "d3faa96b9a0fba04 ea81a283d106485e e3d51b9afa5ac2b3 0462f4f4f1a68d37")]
    [InlineData("00", ApiVersion.V1_0, 4096, "7e191e52c4a8da86 5ae8a1c9e6fac148 ce239f3b88a894b8 234c00d1dc1d53be")]
    [InlineData("7b", ApiVersion.V1_1, 2048, "abb3f38bb70defcf 777a2e4d7769119f 3448959d495490bc 06021188c7a71cb5")]
    [InlineData("7b", ApiVersion.V1_2, 2048, "abb3f38bb70defcf 777a2e4d7769119f 3448959d495490bc 06021188c7a71cb5")]
    [InlineData("7b", ApiVersion.V1_1, 4096, "22ab81cf68c4676d 7a77a82fc7c9c189 c6c03d32c1e42d23 0f777c18cc2c55bd")]
    [InlineData("7b", ApiVersion.V1_2, 4096, "22ab81cf68c4676d 7a77a82fc7c9c189 c6c03d32c1e42d23 0f777c18cc2c55bd")]
    public void Compute_ElevenLayers_IsThePublishedLabel(string poRepId, ApiVersion version, long size, string limbs)
    {
        var config = SealConfig.Create(size, Repeat(poRepId), version, PoRepFeature.Interactive);
        var layers = ComputeLayers(config, Repeat("09"), 11);

        var expected = new byte[32];
        var words = limbs.Split(' ').Select(limb => Convert.ToUInt64(limb, 16)).ToArray();
        for (var i = 0; i < 4; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(expected.AsSpan(8 * i), words[i]);
        }

        Assert.Equal(expected, layers[10][^32..]);
    }

    [Fact]
    public void Compute_FirstNodes_AreTheModels()
    {
        var config = SealConfig.Create(2048, default, ApiVersion.V1_0, PoRepFeature.Interactive);
        var layer = ComputeLayers(config, Repeat("09"), 1)[0];

        Assert.Equal(
            "ad9baba2a22d17ee8b630ebca948772fb770f2ba82d661dfc984589eff118d1d", Convert.ToHexStringLower(layer[..32]));
        Assert.Equal(
            "3754c23a6592f03a0dd829ccb32bfdd7590cc9f365d2ab41fc4b3aa0cc7ba837",
            Convert.ToHexStringLower(layer[32..64]));
    }

    /// <summary>The specification as it reads, without any of the production code's memory plans.</summary>
    private static List<byte[]> ComputeLayers(SealConfig config, Bytes32 replicaId, int count)
    {
        var graph = new SdrGraph(config, tabulate: false);
        var layers = new List<byte[]>();
        var row = new uint[SdrGraph.Degree];
        for (var layer = 1; layer <= count; layer++)
        {
            var labels = new byte[config.Shape.SectorSize];
            for (uint node = 0; node < config.Shape.Nodes; node++)
            {
                graph.Parents(node, row);
                var once = row[..6].Select(parent => labels.AsMemory((int)parent * 32, 32)).ToList();
                if (layer > 1)
                {
                    once.AddRange(row[6..].Select(parent => layers[layer - 2].AsMemory((int)parent * 32, 32)));
                }

                var parents = Enumerable.Range(0, 37).SelectMany(k => once[k % once.Count].ToArray()).ToArray();
                SdrLabel.Compute(replicaId, (uint)layer, node, parents, labels.AsSpan((int)node * 32, 32));
            }

            layers.Add(labels);
        }

        return layers;
    }

    private static Bytes32 Repeat(string octet) => Bytes32.FromHex(string.Concat(Enumerable.Repeat(octet, 32)));
}
