using System.Buffers.Binary;
using Federation.Proofs.Fields;
using Federation.Proofs.Poseidon;

namespace Federation.Proofs.Tests.Poseidon;

public class PoseidonHashTests
{
    private const int Seed = 811;

    public static TheoryData<int> Arities => [2, 4, 8, 11, 16, 24, 36];

    [Theory]
    [InlineData(2, "2e203c369a02e7ff a6fba9339d05a69d 739e0fd902efe161 396508d75e76a56b")]
    [InlineData(4, "019814ff6662075d fb6b4605bf1327ec 00db3c6579229399 58a54b10a9e5848a")]
    [InlineData(8, "2a9934f56d38a5e6 4b682e9d9cc4aed9 1201004211677077 2394611da3a5de55")]
    [InlineData(11, "cee3bbc32b693163 09f3dcd8ccb08fc1 6ca537e232ebe87a 0c0fc1b2e5227f28")]
    [InlineData(16, "1291c74060266d37 5b8dbc6d30680a6f c1c2fb5a6f871e63 2d3ae2663381ae8a")]
    [InlineData(24, "d7ef3569f585b321 c3e779f6468815b1 066f39bf783f3d9f 63beb8831f11ae15")]
    [InlineData(36, "4473606dfa4e8140 75cd368df8a8ac3c 540a30e03c10bbaa 699303082a6e5d5f")]
    public void Hash_OfAscendingIntegers_IsPublishedValue(int arity, string limbs) =>
        Assert.Equal(FromLimbs(limbs), PoseidonHash.Hash(Ascending(arity)));

    [Theory]
    [InlineData(4, "8935b00a07909d45 4984de08542c9977 39443980077d7593 3a21a6ae86754a29")]
    [InlineData(8, "370a94532f818897 203e3c7c4a85c1f9 cad8b9f8aeb1578f 5c6de4b69de9d792")]
    [InlineData(11, "e9b0cb7d6496f73b 7d2807d793af9582 ef841b6bf51a5a39 02550c3a2113c7ca")]
    public void Hash_WithConstantLengthTag_IsPublishedValue(int arity, string limbs)
    {
        Fr[] inputs = Ascending(4);
        Fr tag = Fr.FromUInt64(4) * Fr.FromUInt64(1UL << 32).Square();
        Assert.Equal(FromLimbs(limbs), PoseidonHash.Hash(arity, tag, inputs));
    }

    [Theory]
    [MemberData(nameof(Arities))]
    public void Permutation_SparseForm_EqualsDefinition(int arity)
    {
        PoseidonParameters parameters = PoseidonParameters.ForArity(arity);
        var random = new Random(Seed + arity);
        var bytes = new byte[Fr.SizeBytes];
        for (int run = 0; run < 3; run++)
        {
            var plain = new Fr[arity + 1];
            for (int i = 0; i < plain.Length; i++)
            {
                random.NextBytes(bytes);
                bytes[31] &= 0x3f;
                plain[i] = Fr.FromBytes(bytes);
            }

            Fr[] sparse = [.. plain];
            PoseidonPermutation.ApplyPlain(parameters, plain);
            PoseidonPermutation.Apply(parameters, sparse);
            Assert.True(plain.AsSpan().SequenceEqual(sparse), $"arity {arity}, seed {Seed}, run {run}");
        }
    }

    [Theory]
    [InlineData(
        2,
        189,
        "669f064bfa3ae17a23bd51861dbb4a24501eac92a2758b36a7320a009d6ed3d8",
        "60dfbfa5d5dd06351a917a05466e5884ed12e38ec24d5bb80be0abe065395e5c")]
    [InlineData(
        8,
        585,
        "6ce90d12c4045fe08c3caddb776dd84ac52b4ae7e48cd49443984154f2f4c2f9",
        "3b3a75eb91b0f723bcc4ab7e449e4a011b8960063efe74670c05e545519d9a8c")]
    [InlineData(
        11,
        780,
        "1f6c9576e648b5047399bfc5f38902e0d506f18e0f3ab77de6de096bd089bce4",
        "4543ca937ff30a73db73c95cf11b2f641c744cc5d6a08d197c29ea4e2aab6a16")]
    public void RoundConstants_Generated_ArePublishedOnes(int arity, int count, string first, string last)
    {
        ReadOnlySpan<Fr> constants = PoseidonParameters.ForArity(arity).RoundConstants.Span;
        Assert.Equal(count, constants.Length);
        Assert.Equal("0x" + first, constants[0].ToString());
        Assert.Equal("0x" + last, constants[^1].ToString());
    }

    [Theory]
    [InlineData(4, 320)]
    [InlineData(16, 1139)]
    [InlineData(24, 1675)]
    [InlineData(36, 2516)]
    public void RoundConstants_OfOtherArities_HaveSpecifiedCount(int arity, int count) =>
        Assert.Equal(count, PoseidonParameters.ForArity(arity).RoundConstants.Length);

    [Fact]
    public void BinaryTree_OfFourLeaves_HasPublishedNodes()
    {
        Fr firstParent = PoseidonHash.Hash([Fr.One, Fr.Zero]);
        Fr secondParent = PoseidonHash.Hash([Fr.Zero, Fr.One]);
        Assert.Equal(FromLimbs("b339ff6079800b5e ec5907b3dc3094af 93c003cc74a24f26 042f94ffbe786bc3"), firstParent);
        Assert.Equal(
            FromLimbs("efbb8be3e291e671 77cc72b8cb2b5ad2 30eb6385ae6b74ae 1effebb7b26ad9eb"),
            PoseidonHash.Hash([firstParent, secondParent]));
    }

    // Merkle–Damgård over arity 36: the first 36 inputs, then 35 more after each digest, missing ones zero.
    [Fact]
    public void MerkleDamgard_Of71Ones_IsPublishedValue()
    {
        Fr[] ones = [.. Enumerable.Repeat(Fr.One, 36)];
        Fr digest = PoseidonHash.Hash(ones);
        ones[0] = digest;
        Assert.Equal(
            FromLimbs("351c54133b332c90 c26f6d625f4e8195 5fd9623643ed9622 59f42220e09ff6f7"), PoseidonHash.Hash(ones));
    }

    [Fact]
    public void Hash2_OfMainnetSector_IsItsCommR()
    {
        byte[] commR = PoseidonHash.Hash2(
            Convert.FromHexString("091e073b982f66f013c026da6e54d87dbf8bba848ef57a5529c7e7f72c828843"),
            Convert.FromHexString("f0c5785c6c8cf62d968b1ecd68edb9d91eb9445c7858a60026f8826860f7e768"));
        Assert.Equal(
            "e674d19e6ce7fcf33bbfd9b343a0ceb12d2831d1da543161891ebccad2c6db01", Convert.ToHexStringLower(commR));
    }

    [Theory]
    [InlineData(
        "0737ca506df7d4544f8512df35aaa07ed8a40691e96ae868c23320220fec6866",
        "f743111428ecda9b74a18826f1cc62d48ae1510de17e58645997559f86442f31",
        "197a6efa37086e3a37108f8460c52bc810e2781aff0091bfd7b74e3f6f752f02",
        "01c2c12f7930bbb59e3b36dae1c694b33ac6b3f199ec32a8665fadb8338f4f21",
        "bbe672a853f65cdb2563339ca61d6ad648473b4b4ce44bf3a48486424b865a2d",
        "937d57295f488cea8099f5525958f1af39c6241614b917835292e8e2314cf908",
        "3272570cd8ba38c1183629ca72d5e9149d76786ed22c1d591db3d2bccfa7d308",
        "2d3fc90e11aaf601bd1beae80fc3aba15a9e1f886d8140533ce36cda3dd9f936",
        "0a017e264d0728bfcd2edb3c6c60cc5a05a02af31a71cdd7bb2da27616f5f630")]
    [InlineData(
        "f56b7f7f318d88ac4d72e5d94efd7de7f1df501b98b01a8564fa4cb4983b9e4b",
        "924a00c61658322995d9fc493f8aec72365b30a50197e59537df246ca39ffd1b",
        "d7958d6ff26877091592ea9b51de5ca3b0ad57af34fefd102291a4db1aec543a",
        "fafb11646c07d01cbf63facc266b46dd1ab00cd3e30560ef18cf50fd40f32d73",
        "dcb8d1b4bd3e672ad98c29e5cd05dc2e09a76ef00883a487e163fe4e719fe663",
        "d846e93787fe6c14f26f49ee610f434d021cc0d1ada562695e08af4d5af63357",
        "5aaef4e9777d3b31d74dad2075ddd584578c9379e7ef38152cc919fa27d1c629",
        "406728684d7fc85e050f31db99752b552a2f9d608709f0eaa2d6c66afc96e46b",
        "9cb01c337f13b4bbf4a4ae0296bdd927dbb52479e8875bd31374c9e567735f2c")]
    public void HashNodes_OfEightPublishedNodes_IsPublishedParent(string parent, params string[] nodes)
    {
        byte[] bytes = Convert.FromHexString(string.Concat(nodes));
        var result = new byte[32];
        PoseidonHash.HashNodes(bytes, result);
        Assert.Equal(parent, Convert.ToHexStringLower(result));
    }

    [Fact]
    public void HashNodes_ParentOverFirstNode_IsUnchanged()
    {
        var nodes = new byte[8 * 32];
        nodes[0] = 7;
        var expected = new byte[32];
        PoseidonHash.HashNodes(nodes, expected);
        PoseidonHash.HashNodes(nodes, nodes.AsSpan(0, 32));
        Assert.Equal(expected, nodes[..32]);
    }

    [Fact]
    public void HashNodes_NodeNotBelowModulus_IsRefused()
    {
        var nodes = new byte[64];
        nodes.AsSpan(32).Fill(0xff);
        Assert.Throws<NonCanonicalFieldElementException>(() => PoseidonHash.HashNodes(nodes, new byte[32]));
    }

    [Theory]
    [InlineData(63)]
    [InlineData(65)]
    public void HashNodes_NotWholeNodes_IsRefused(int length) =>
        Assert.Throws<ArgumentException>(() => PoseidonHash.HashNodes(new byte[length], new byte[32]));

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(37)]
    public void ForArity_Undefined_IsRefused(int arity) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PoseidonParameters.ForArity(arity));

    [Theory]
    [MemberData(nameof(Arities))]
    public void HashNodes_AfterFirstUse_AllocatesNothing(int arity)
    {
        var nodes = new byte[arity * 32];
        var parent = new byte[32];
        PoseidonHash.HashNodes(nodes, parent);
        Allocations.AssertNone(() =>
        {
            for (int i = 0; i < 10; i++)
            {
                PoseidonHash.HashNodes(nodes, parent);
            }
        });
    }

    private static Fr[] Ascending(int count) => [.. Enumerable.Range(0, count).Select(i => Fr.FromUInt64((ulong)i))];

    // Four 64-bit words, least significant first, as the vectors print them: canonical, not Montgomery.
    private static Fr FromLimbs(string limbs)
    {
        var bytes = new byte[Fr.SizeBytes];
        string[] words = limbs.Split(' ');
        for (int i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8 * i), Convert.ToUInt64(words[i], 16));
        }

        return Fr.FromBytes(bytes);
    }
}
