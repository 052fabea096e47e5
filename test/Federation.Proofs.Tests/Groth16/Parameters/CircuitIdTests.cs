using Federation.Proofs.Groth16.Parameters;

namespace Federation.Proofs.Tests.Groth16.Parameters;

public sealed class CircuitIdTests
{
    private const string Post = "v28-proof-of-spacetime-fallback-merkletree-poseidon_hasher";
    private const string Update = "v28-empty-sector-update-merkletree-poseidon_hasher";
    private const string PoRep = "v28-stacked-proof-of-replication-merkletree-poseidon_hasher";

    [Theory]
    [InlineData(
        CircuitKind.PoRep, "2KiB",
        $"{PoRep}-8-0-0-sha256_hasher-032d3138d22506ec0082ed72b2dcba18df18477904e35bafee82b3793b06832f")]
    [InlineData(
        CircuitKind.PoRep, "8MiB",
        $"{PoRep}-8-0-0-sha256_hasher-ecd683648512ab1765faa2a5f14bab48f676e633467f0aa8aad4b55dcb0652bb")]
    [InlineData(
        CircuitKind.PoRep, "512MiB",
        $"{PoRep}-8-0-0-sha256_hasher-6babf46ce344ae495d558e7770a585b2382d54f225af8ed0397b8be7c3fcd472")]
    [InlineData(
        CircuitKind.PoRep, "32GiB",
        $"{PoRep}-8-8-0-sha256_hasher-82a357d2f2ca81dc61bb45f4a762807aedee1b0a53fd6c4e77b46a01bfef7820")]
    [InlineData(
        CircuitKind.PoRep, "64GiB",
        $"{PoRep}-8-8-2-sha256_hasher-96f1b4a04c5c51e4759bbf224bbc2ef5a42c7100f16ec0637123f16a845ddfb2")]
    [InlineData(
        CircuitKind.WindowPost, "2KiB",
        $"{Post}-8-0-0-0170db1f394b35d995252228ee359194b13199d259380541dc529fb0099096b0")]
    [InlineData(
        CircuitKind.WindowPost, "8MiB",
        $"{Post}-8-0-0-5294475db5237a2e83c3e52fd6c2b03859a1831d45ed08c4f35dbf9a803165a9")]
    [InlineData(
        CircuitKind.WindowPost, "512MiB",
        $"{Post}-8-0-0-0cfb4f178bbb71cf2ecfcd42accce558b27199ab4fb59cb78f2483fe21ef36d9")]
    [InlineData(
        CircuitKind.WindowPost, "32GiB",
        $"{Post}-8-8-0-0377ded656c6f524f1618760bffe4e0a1c51d5a70c4509eedae8a27555733edc")]
    [InlineData(
        CircuitKind.WindowPost, "64GiB",
        $"{Post}-8-8-2-2627e4006b67f99cef990c0a47d5426cb7ab0a0ad58fc1061547bf2d28b09def")]
    [InlineData(
        CircuitKind.WinningPost, "2KiB",
        $"{Post}-8-0-0-3ea05428c9d11689f23529cde32fd30aabd50f7d2c93657c1d3650bca3e8ea9e")]
    [InlineData(
        CircuitKind.WinningPost, "8MiB",
        $"{Post}-8-0-0-50c7368dea9593ed0989e70974d28024efa9d156d585b7eea1be22b2e753f331")]
    [InlineData(
        CircuitKind.WinningPost, "512MiB",
        $"{Post}-8-0-0-7d739b8cf60f1b0709eeebee7730e297683552e4b69cab6984ec0285663c5781")]
    [InlineData(
        CircuitKind.WinningPost, "32GiB",
        $"{Post}-8-8-0-559e581f022bb4e4ec6e719e563bf0e026ad6de42e56c18714a2c692b1b88d7e")]
    [InlineData(
        CircuitKind.WinningPost, "64GiB",
        $"{Post}-8-8-2-b62098629d07946e9028127e70295ed996fe3ed25b0f9f88eb610a0ab4385a3c")]
    [InlineData(
        CircuitKind.Update, "2KiB",
        $"{Update}-8-0-0-fb9e095bebdd77511c0269b967b4d87ba8b8a525edaa0e165de23ba454510194")]
    [InlineData(
        CircuitKind.Update, "32GiB",
        $"{Update}-8-8-0-3b7f44a9362e3985369454947bc94022e118211e49fd672d52bec1cbfd599d18")]
    [InlineData(
        CircuitKind.UpdatePoseidon, "64GiB",
        "v28-empty-sector-update-poseidon-merkletree-poseidon_hasher-8-8-2-102e1444a7e9a97ebf1e3d6855dcc77e66c011ea66f936d9b2c508f87f2f83a7")]
    public void BaseName_PublishedCircuit_IsFilecoins(CircuitKind kind, string size, string name)
    {
        var circuit = new CircuitId(kind, SectorShape.Parse(size));

        Assert.Equal(name, circuit.BaseName);
        Assert.NotNull(OfficialDigests.Of(circuit));
    }

    [Theory]
    [InlineData(CircuitKind.PoRep, "2KiB", 39)]
    [InlineData(CircuitKind.PoRep, "32GiB", 327)]
    [InlineData(CircuitKind.WindowPost, "2KiB", 22)]
    [InlineData(CircuitKind.WindowPost, "32GiB", 25839)]
    [InlineData(CircuitKind.WindowPost, "64GiB", 25300)]
    [InlineData(CircuitKind.WinningPost, "64GiB", 132)]
    [InlineData(CircuitKind.Update, "8MiB", 4)]
    public void PublicInputs_Circuit_AreThoseOfItsCountedConstraints(CircuitKind kind, string size, int inputs) =>
        Assert.Equal(inputs, new CircuitId(kind, SectorShape.Parse(size)).PublicInputs);

    [Theory]
    [InlineData(CircuitKind.PoRep, "4KiB")]
    [InlineData(CircuitKind.WinningPost, "1GiB")]
    [InlineData(CircuitKind.UpdatePoseidon, "2KiB")]
    public void OfficialDigests_UnpublishedCircuit_AreNone(CircuitKind kind, string size) =>
        Assert.Null(OfficialDigests.Of(new CircuitId(kind, SectorShape.Parse(size))));
}
