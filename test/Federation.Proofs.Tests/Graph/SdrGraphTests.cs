using Federation.Proofs.Graph;

namespace Federation.Proofs.Tests.Graph;

public sealed class SdrGraphTests
{
    public static TheoryData<int, uint, string> SampleParents => new()
    {
        { 0, 0, "0,0,0,0,0,0,22,1,6,27,40,36,18,36" },
        { 0, 1, "0,0,0,0,0,0,57,30,21,11,22,15,1,32" },
        { 0, 2, "0,1,1,1,1,1,32,49,26,57,3,4,47,63" },
        { 0, 3, "1,2,1,2,1,2,55,45,29,45,51,53,56,44" },
        { 0, 63, "62,61,56,62,37,62,49,37,35,41,52,50,54,5" },
        { 5, 0, "0,0,0,0,0,0,4,9,60,1,14,26,26,4" },
        { 5, 1, "0,0,0,0,0,0,6,12,35,43,23,34,58,2" },
        { 5, 2, "1,1,1,0,1,0,30,28,55,63,63,36,37,36" },
        { 5, 3, "2,1,1,2,2,2,10,46,59,7,43,29,9,16" },
        { 5, 63, "62,15,42,62,61,62,0,15,30,30,28,42,49,38" },
        { 8, 12345678, "12345677,4507583,12305934,12345512,12344487,12345654,722024105,971509318,845730969,76744563,723337872,907355929,1027029472,314780907" },
        { 8, 1073741823, "1073741822,1073258530,440642413,663190843,1073741654,1073741786,307718517,715446084,558280128,265147410,110937796,626719228,201839602,653041812" },
        { 3, 12345678, "12345674,12345639,12344991,12345490,6591961,12345677,56942550,397643437,52832375,410599019,149421047,145366989,147210433,452397955" },
        { 9, 2000000000, "1999999999,1999999993,1962647136,1999999788,1999999886,1997861841,1730961925,2119997413,1977501823,1992944041,1633349287,1587301929,987065099,1150277945" },
    };

    [Theory]
    [MemberData(nameof(SampleParents))]
    public void Parents_SampleNode_AreTheKnownOnes(int registered, uint node, string expected)
    {
        foreach (var tabulate in new[] { false, true })
        {
            var parents = new uint[SdrGraph.Degree];
            new SdrGraph(SealConfig.FromRegistered(registered), tabulate).Parents(node, parents);

            Assert.Equal(expected, string.Join(',', parents));
        }
    }

    [Fact]
    public void Parents_LastNodeOf64GiB_AreBelowIt()
    {
        var graph = new SdrGraph(SealConfig.FromRegistered(9), tabulate: false);
        var parents = new uint[SdrGraph.Degree];
        graph.Parents(int.MaxValue, parents);

        Assert.Equal((uint)int.MaxValue - 1, parents[0]);
        Assert.All(parents[..6], parent => Assert.InRange(parent, 0u, int.MaxValue - 1u));
        Assert.All(parents[6..], parent => Assert.InRange(parent, 0u, (uint)int.MaxValue));
    }

    [Fact]
    public void ExpanderParents_WholeGraph_ArePermuted()
    {
        var graph = new SdrGraph(SealConfig.FromRegistered(5), tabulate: true);
        var uses = new int[graph.Nodes];
        var parents = new uint[SdrGraph.ExpansionDegree];
        for (uint node = 0; node < graph.Nodes; node++)
        {
            graph.ExpanderParents(node, parents);
            Array.ForEach(parents, parent => uses[parent]++);
        }

        Assert.All(uses, count => Assert.Equal(SdrGraph.ExpansionDegree, count));
    }

    [Fact]
    public void Derive_RegisteredIds_GiveTheKnownSeeds()
    {
        var seeds = GraphSeeds.Derive(SealConfig.FromRegistered(8).PoRepId);

        Assert.Equal(
            "ba0350183955dc9f07e73503f5c63ff1bd9c22501363983de241f74a", Convert.ToHexStringLower(seeds.DrgSeed));
        Assert.Equal(
            [0x35a20d6c881b3e73, 0x11063648dc13a120, 0xa8c1ad029b31fcb5, 0xd299d840a5770469], seeds.FeistelKeys);
    }
}
