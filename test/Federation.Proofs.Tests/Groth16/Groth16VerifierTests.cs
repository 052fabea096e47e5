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
    public void Verify_OneInputAltered_DoesNotHold()
    {
        var vector = ProofVector.Named("window 1 sectors api 1.1");
        for (var i = 0; i < vector.Inputs[0].Length; i += 7)
        {
            var inputs = vector.Inputs[0].ToArray();
            inputs[i] += Fr.One;

            Assert.False(Window.Verify(vector.Proofs[0], inputs), $"input {i}");
        }
    }

    [Fact]
    public void Verify_AnyBitOfTheProofFlipped_IsRefusedOrDoesNotHold()
    {
        var vector = ProofVector.Named("window 1 sectors api 1.1");
        var readable = 0;
        for (var bit = 0; bit < 8 * Groth16Proof.SizeBytes; bit += 61)
        {
            var bytes = vector.Proof.ToArray();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            if (Groth16Proof.TryRead(bytes, out var proof, out _))
            {
                readable++;
                Assert.False(Window.Verify(proof, vector.Inputs[0]), $"bit {bit}");
            }
        }

        // Another sign is the one flip that leaves a point of the group.
        foreach (var element in (int[])[0, 48, 144])
        {
            var bytes = vector.Proof.ToArray();
            bytes[element] ^= 0x20;

            Assert.True(Groth16Proof.TryRead(bytes, out var proof, out _));
            Assert.False(Window.Verify(proof, vector.Inputs[0]), $"sign of the element at {element}");
        }
    }

    [Fact]
    public void Verify_KeyOfOtherPoints_DoesNotHold()
    {
        var vector = ProofVector.Named("window 1 sectors api 1.1");
        var key = Window.Key;
        foreach (var (name, other) in new[]
        {
            ("alpha", key with { AlphaInG1 = -key.AlphaInG1 }),
            ("beta", key with { BetaInG2 = -key.BetaInG2 }),
            ("gamma", key with { GammaInG2 = -key.GammaInG2 }),
            ("delta", key with { DeltaInG2 = -key.DeltaInG2 }),
            ("ic", key with { Inputs = [.. key.Inputs.Take(22), -key.Inputs[22]] }),
            ("the constant one", key with { Inputs = [-key.Inputs[0], .. key.Inputs.Skip(1)] }),
            ("another circuit", ProofVector.Key("porep-2KiB") with { Inputs = key.Inputs }),
        })
        {
            Assert.False(new Groth16Verifier(other).Verify(vector.Proofs[0], vector.Inputs[0]), name);
        }
    }

    [Fact]
    public void VerifyAll_OneOfTenFalse_DoesNotHold()
    {
        var vector = ProofVector.Named("window 3 sectors api 1.2");
        Groth16Proof[] proofs = [.. Enumerable.Range(0, 10).Select(i => vector.Proofs[i % 2])];
        Fr[][] inputs = [.. Enumerable.Range(0, 10).Select(i => vector.Inputs[i % 2])];
        Assert.True(Window.VerifyAll(proofs, inputs));

        (inputs[3], inputs[4]) = (inputs[4], inputs[3]);
        Assert.False(Window.VerifyAll(proofs, inputs));

        (inputs[3], inputs[4]) = (inputs[4], inputs[3]);
        proofs[9] = proofs[9] with { C = -proofs[9].C };
        Assert.False(Window.VerifyAll(proofs, inputs));
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
