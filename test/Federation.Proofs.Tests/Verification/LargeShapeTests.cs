using Federation.Proofs.Commit1;
using Federation.Proofs.Graph;
using Federation.Proofs.Verification;

namespace Federation.Proofs.Tests.Verification;

/// <summary>
/// Proofs of 32 and 64 GiB sectors without the sectors: trees that are empty but for one challenge, its parents and
/// the labels that follow from them. Eleven layers, all three levels of trees, nodes to 2^31 - 1.
/// </summary>
public sealed class LargeShapeTests
{
    [Theory]
    [InlineData(3, (1u << 30) - 1)]
    [InlineData(8, (1u << 30) - 1)]
    [InlineData(13, 715_827_883)]
    [InlineData(4, (1u << 31) - 1)]
    [InlineData(9, (1u << 31) - 1)]
    [InlineData(9, 1)]
    [InlineData(19, 2_000_000_001)]
    public void Verify_SparseSector_IsAcceptedAndItsChangesRefused(int registered, uint challenge)
    {
        var config = SealConfig.FromRegistered(registered);
        var (inputs, proof) = SparseSector.Prove(config, challenge);

        Assert.Equal(VerificationResult.Accepted, VanillaProofVerifier.Verify(config, inputs, challenge, proof));

        Assert.False(VanillaProofVerifier.Verify(config, inputs, challenge - 1, proof).IsValid);
        Assert.Equal(
            VanillaFailure.Label,
            VanillaProofVerifier.Verify(config, inputs with { Sector = 2 }, challenge, proof).Failure);
        Assert.Equal(
            VanillaFailure.LabelParents,
            VanillaProofVerifier.Verify(
                config, inputs, challenge, proof with { Labeling = [.. proof.Labeling.Reverse()] }).Failure);
        Assert.Equal(
            VanillaFailure.NodeIndex,
            VanillaProofVerifier.Verify(
                config, inputs, challenge, proof with { ExpParents = [.. proof.ExpParents.Reverse()] }).Failure);
        Assert.Equal(
            VanillaFailure.PathShape,
            VanillaProofVerifier.Verify(config, inputs, challenge, proof with { ExpParents = [] }).Failure);
    }

    [Theory]
    [InlineData(8, 10 * 18)]
    [InlineData(9, 10 * 18)]
    public void Write_SparseSector_IsReadBackWhole(int registered, int proofs)
    {
        var config = SealConfig.FromRegistered(registered);
        var (inputs, proof) = SparseSector.Prove(config, 12_345_678);
        using var folder = new TempFolder();
        using (var output = File.Create(folder["c1"]))
        {
            var writer = new Commit1Writer(output, config, inputs, Commit1Form.Api);
            for (var i = 0; i < proofs; i++)
            {
                writer.Write(proof);
            }

            writer.Complete();
        }

        using var input = File.OpenRead(folder["c1"]);
        var reader = new Commit1Reader(input, config);
        for (var i = 1; i < proofs; i++)
        {
            reader.ReadProof();
        }

        Assert.Equal(
            VerificationResult.Accepted, VanillaProofVerifier.Verify(config, inputs, 12_345_678, reader.ReadProof()));
        Assert.Equal(inputs.CommR, reader.ReadTrailer().CommR);
    }

    [Theory]
    [InlineData(13)]
    [InlineData(14)]
    public void SyntheticRecord_SparseSector_IsReadBackWhole(int registered)
    {
        var config = SealConfig.FromRegistered(registered);
        var (inputs, proof) = SparseSector.Prove(config, 999_999_999);
        var record = new byte[SyntheticRecord.Size(config.Shape)];
        SyntheticRecord.Write(proof, record);

        var read = SyntheticRecord.Read(
            new SdrGraph(config, tabulate: false),
            999_999_999,
            record,
            inputs.CommD,
            new Bytes32(proof.Column.Inclusion.Root.Span),
            new Bytes32(proof.CommRLastProof.Root.Span));

        Assert.Equal(VerificationResult.Accepted, VanillaProofVerifier.Verify(config, inputs, 999_999_999, read));
    }
}
