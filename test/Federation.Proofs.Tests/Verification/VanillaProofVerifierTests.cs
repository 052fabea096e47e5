using Federation.Proofs.Verification;

namespace Federation.Proofs.Tests.Verification;

public sealed class VanillaProofVerifierTests
{
    [Theory]
    [InlineData("2KiB-5", "c1-2KiB-5.json")]
    [InlineData("32KiB", "c1-raw-32KiB.json")]
    public void Verify_ReferencesProof_IsAccepted(string seal, string file)
    {
        var vector = Vectors.Seal(seal);

        Assert.Equal(
            VerificationResult.Accepted,
            VanillaProofVerifier.Verify(vector.Config, vector.Inputs, new MemoryStream(Vectors.Read($"seals/{file}"))));
    }
}
