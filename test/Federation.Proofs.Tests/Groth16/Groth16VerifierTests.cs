using System.Text.Json;
using Federation.Proofs.Curve;
using Federation.Proofs.Fields;
using Federation.Proofs.Groth16;

namespace Federation.Proofs.Tests.Groth16;

public sealed class Groth16VerifierTests
{
    private static readonly Groth16Verifier Window = new(ProofVector.Key("window-2KiB"));

    [Theory]
    [MemberData(nameof(ProofVector.Names), MemberType = typeof(ProofVector))]
    public void Verify_ReferencesProof_Holds(string name)
    {
        var vector = ProofVector.Named(name);
        var verifier = new Groth16Verifier(ProofVector.Key(vector.Circuit));

        Assert.All(vector.Proofs.Zip(vector.Inputs), one => Assert.True(verifier.Verify(one.First, one.Second)));
        Assert.True(verifier.VerifyAll(vector.Proofs, vector.Inputs));
    }

    [Fact]
    public void Verify_KeyOfAnotherCircuit_DoesNotHold()
    {
        var vector = ProofVector.Named("window 1 sectors api 1.1");
        var other = ProofVector.Key("porep-2KiB") with { Inputs = Window.Key.Inputs };

        Assert.False(new Groth16Verifier(other).Verify(vector.Proofs[0], vector.Inputs[0]));
    }

    [Fact]
    public void VerifyAll_InputsExchanged_DoNotHold()
    {
        var vector = ProofVector.Named("window 3 sectors api 1.2");

        Assert.True(Window.VerifyAll(vector.Proofs, vector.Inputs));
        Assert.False(Window.VerifyAll(vector.Proofs, [vector.Inputs[1], vector.Inputs[0]]));
    }

    /// <summary>Two errors that cancel each other must not pass as none.</summary>
    [Fact]
    public void VerifyAll_ErrorsThatCancelInAPlainProduct_DoNotHold()
    {
        var vector = ProofVector.Named("window 3 sectors api 1.2");
        var shift = G1Affine.Generator;
        Groth16Proof[] proofs =
        [
            vector.Proofs[0] with { C = (G1Point.FromAffine(vector.Proofs[0].C) + shift).ToAffine() },
            vector.Proofs[1] with { C = (G1Point.FromAffine(vector.Proofs[1].C) + -shift).ToAffine() },
        ];

        Assert.False(Window.VerifyAll(proofs, vector.Inputs));
    }

    /// <summary>Reading refuses them; the equation itself must not let them pass either.</summary>
    [Fact]
    public void Verify_ElementsAtInfinity_DoNotHold()
    {
        var vector = ProofVector.Named("window 3 sectors api 1.2");
        var (good, inputs) = (vector.Proofs[0], vector.Inputs);
        Groth16Proof[] bad = [good with { A = default }, good with { B = default }, good with { C = default }, default];
        Assert.All(bad, proof => Assert.True(proof.A.IsInfinity || proof.B.IsInfinity || proof.C.IsInfinity));

        Assert.All(bad, proof => Assert.False(Window.Verify(proof, inputs[0])));
        Assert.All(bad, proof => Assert.False(Window.VerifyAll([proof, vector.Proofs[1]], inputs)));
    }

    [Fact]
    public void Verify_OtherNumberOfInputs_IsRefused()
    {
        var vector = ProofVector.Named("window 1 sectors api 1.1");

        var error = Assert.Throws<ArgumentException>(() => Window.Verify(vector.Proofs[0], vector.Inputs[0].AsSpan(1)));
        Assert.Equal("the circuit has 22 public inputs, not 21", error.Message);
        Assert.Throws<ArgumentException>(() => Window.VerifyAll([], []));
        Assert.Throws<ArgumentException>(() => Window.VerifyAll(vector.Proofs, []));
        Assert.Throws<ArgumentException>(() => Window.VerifyAll(vector.Proofs, [[]]));
    }

    public static TheoryData<string, string, string> ThirdParty() =>
        SharedVectors.Find("published/polka-storage.json") is null
            ? new() { { "own", "window-2KiB", "window 1 sectors api 1.1" } }
            : new()
            {
                { "own", "window-2KiB", "window 1 sectors api 1.1" },
                { "polka", "POREP", "porep" },
                { "polka", "POST", "window" },
            };

    /// <summary>Keys and proofs that others made with parameters of their own, in compressed form.</summary>
    [Theory]
    [MemberData(nameof(ThirdParty))]
    public void Verify_ThirdPartysProof_Holds(string source, string name, string circuit)
    {
        var (key, proof, inputs) = source == "own"
            ? (ProofVector.Key(name), ProofVector.Named(circuit).Proof, ProofVector.Named(circuit).Inputs[0])
            : Published(name, circuit);
        var verifier = new Groth16Verifier(key);

        Assert.True(Groth16Proof.TryRead(proof, out var read, out var reason), reason);
        Assert.True(verifier.Verify(read, inputs));
        Assert.False(verifier.Verify(read, [inputs[0] + Fr.One, .. inputs.AsSpan(1)]));
    }

    private static (VerifyingKey Key, byte[] Proof, Fr[] Inputs) Published(string name, string circuit)
    {
        using var document = JsonDocument.Parse(
            File.ReadAllBytes(SharedVectors.Find("published/polka-storage.json")!));
        byte[] Bytes(string member) =>
            Convert.FromHexString(document.RootElement.GetProperty($"{name}_{member}").GetString()!);
        return (Uncompressed(Bytes("VK")), Bytes("PROOF"), ThirdPartyInputs.Of(circuit));
    }

    private static VerifyingKey Uncompressed(ReadOnlySpan<byte> bytes)
    {
        var points = new List<G1Affine>();
        for (var rest = bytes[(3 * 48 + 3 * 96 + 4)..]; rest.Length > 0; rest = rest[48..])
        {
            points.Add(G1Affine.FromCompressed(rest[..48]));
        }

        return new VerifyingKey(
            G1Affine.FromCompressed(bytes[..48]),
            G1Affine.FromCompressed(bytes[48..96]),
            G2Affine.FromCompressed(bytes[96..192]),
            G2Affine.FromCompressed(bytes[192..288]),
            G1Affine.FromCompressed(bytes[288..336]),
            G2Affine.FromCompressed(bytes[336..432]),
            points);
    }
}
