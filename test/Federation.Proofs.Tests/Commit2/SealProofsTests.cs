using Federation.Proofs.Commit2;
using Federation.Proofs.Groth16;
using Federation.Proofs.Tests.Groth16;

namespace Federation.Proofs.Tests.Commit2;

/// <summary>The reference's proof of a sector, verified from what the chain knows.</summary>
public sealed class SealProofsTests
{
    private static readonly SealVector Seal = Vectors.Seal("2KiB-5");

    private static readonly byte[] Proof = ProofVector.Named("porep 2KiB-5").Proof;

    private static readonly Lazy<Groth16Verifier> Verifier = new(() => new(ProofVector.Key("porep-2KiB")));

    [Theory]
    [InlineData("2KiB-0")]
    [InlineData("2KiB-5")]
    public void TryVerify_ReferencesProof_Holds(string name)
    {
        var seal = Vectors.Seal(name);

        var holds = SealProofs.TryVerify(
            seal.Config, seal.Inputs, ProofVector.Named($"porep {name}").Proof, Verifier.Value, out var reason);

        Assert.Equal((true, null), (holds, reason));
    }

    [Fact]
    public void TryVerify_AnotherStatement_DoesNotHold()
    {
        var other = Vectors.Seal("2KiB-0").Inputs;
        foreach (var inputs in new[]
        {
            Seal.Inputs with { Sector = Seal.Inputs.Sector + 1 },
            Seal.Inputs with { ProverId = ProverId.FromActorId(1001) },
            Seal.Inputs with { Ticket = other.Ticket },
            Seal.Inputs with { Seed = other.Seed },
            Seal.Inputs with { CommD = other.CommR },
            Seal.Inputs with { CommR = other.CommR },
        })
        {
            Assert.StartsWith("the proof does not hold for this sector", Refusal(Seal.Config, inputs, Proof));
        }
    }

    [Theory]
    [InlineData(0, "192 for each of 1 partition(s), not 0")]
    [InlineData(191, "192 for each of 1 partition(s), not 191")]
    [InlineData(384, "192 for each of 1 partition(s), not 384")]
    public void TryVerify_WrongLength_SaysHowLongItIs(int length, string sentence)
    {
        byte[] proof = [.. Proof, .. Proof];

        Assert.EndsWith(sentence, Refusal(Seal.Config, Seal.Inputs, proof[..length]));
    }

    [Fact]
    public void TryVerify_TenPartitions_WantTenProofs() => Assert.Equal(
        "the proof of a 32GiB sector has 1920 bytes, 192 for each of 10 partition(s), not 192",
        Refusal(SealConfig.FromRegistered(8), Seal.Inputs, Proof));

    [Fact]
    public void TryVerify_CommitmentNotBelowTheModulus_IsRefused()
    {
        var commitment = new Bytes32(Enumerable.Repeat((byte)0xff, 32).ToArray());

        Assert.Contains("not a field element", Refusal(Seal.Config, Seal.Inputs with { CommR = commitment }, Proof));
        Assert.Contains("not a field element", Refusal(Seal.Config, Seal.Inputs with { CommD = commitment }, Proof));
    }

    [Fact]
    public void TryVerify_NonInteractive_IsRefused() => Assert.Contains(
        "Non-interactive", Refusal(SealConfig.FromRegistered(15), Seal.Inputs, Proof));

    private static string Refusal(SealConfig config, SealPublicInputs inputs, byte[] proof)
    {
        Assert.False(SealProofs.TryVerify(config, inputs, proof, Verifier.Value, out var reason));
        return reason;
    }
}
