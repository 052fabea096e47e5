using Federation.Proofs.Fields;
using Federation.Proofs.Circuits;
using Federation.Proofs.Post;

namespace Federation.Proofs.Tests.Groth16;

/// <summary>What the third party's proofs are about: a sector of 2 KiB.</summary>
internal static class ThirdPartyInputs
{
    private static readonly Bytes32 CommR =
        Bytes32.FromHex("4afb35f82a95a10187a913bc14520d9a1d173328265b301b5dcf440ef2583950");

    public static Fr[] Of(string circuit) => circuit == "porep" ? PoRep() : Window();

    private static Fr[] PoRep() => PoRepPublicInputs.Of(
        SealConfig.Create(2048, default, ApiVersion.V1_1, PoRepFeature.Interactive),
        new SealPublicInputs
        {
            ProverId = default,
            Sector = 77,
            Ticket = Repeat(12),
            Seed = Repeat(13),
            CommD = Bytes32.FromHex("129c7562bb0c189544f5dccd365feaec2141eab458097a5ca8429c109d154421"),
            CommR = CommR,
        })[0];

    private static Fr[] Window() => new PostStatement(
        PostConfig.Create(SectorShape.Parse("2KiB"), PostKind.Window, ApiVersion.V1_2),
        Repeat(1),
        [new PostSector(77, CommR)]).PublicInputs(0);

    private static Bytes32 Repeat(byte value) => new(Enumerable.Repeat(value, Bytes32.Size).ToArray());
}
