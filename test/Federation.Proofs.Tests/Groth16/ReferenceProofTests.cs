using System.Security.Cryptography;
using Federation.Proofs.Circuits;
using Federation.Proofs.Circuits.Post;
using Federation.Proofs.Commit1;
using Federation.Proofs.Commit2;
using Federation.Proofs.Constraints;
using Federation.Proofs.Groth16;
using Federation.Proofs.Groth16.Generation;
using Federation.Proofs.Groth16.Parameters;
using Federation.Proofs.Post;
using Federation.Proofs.Tests.Groth16.Generation;
using Federation.Proofs.Tests.Post;

namespace Federation.Proofs.Tests.Groth16;

/// <summary>
/// From known secrets the reference's parameters come out, and with them and known randomness its proofs, byte for
/// byte: circuit, generator and prover at once.
/// </summary>
public sealed class ReferenceProofTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Category", "Slow")]
    public void Prove_WindowVectors_AreTheReferencesProofs()
    {
        Generate(
            CircuitKind.WindowPost,
            "window-2KiB",
            "08d578b025177754dd7992ec03c129633e19034224a055b786f18cab276c85df",
            "fbb5ecd2064efd8796640def20eb262abb4d795ee4748bb6965cce6a0ebd1dd5");

        AssertPost(PostKind.Window, "window-2KiB");
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void Prove_WinningVector_IsTheReferencesProof()
    {
        Generate(
            CircuitKind.WinningPost,
            "winning-2KiB",
            "0db473cfbf46e2e112d77c158aa7f8d244613c18317d2d788cdc6f10aa37b4b0",
            "f56586d60424ebeb7e2f4b16a3062a2266ffabe4ca8c4b22b9dd72d3c44fb452");

        AssertPost(PostKind.Winning, "winning-2KiB");
    }

    [Fact]
    [Trait("Category", "Long")]
    public void Prove_PoRepVector_IsTheReferencesProof()
    {
        Generate(
            CircuitKind.PoRep,
            "porep-2KiB",
            "6e92e09e246524a8dd270044b875114ea96c633fd1e15e9041fdc16fb7938c1e",
            "baf31218b79de66434562ed88006f23275782fd155475d689ced11d40da40e45");
        foreach (var name in new[] { "2KiB-0", "2KiB-5" })
        {
            var seal = Vectors.Seal(name);
            var witness = Witness(seal);
            AssertProofs(
                CircuitKind.PoRep,
                ProofVector.Named($"porep {name}"),
                _ => new StackedDrgCircuit(seal.Config.Shape, witness));
        }

        AssertCommit2(Vectors.Seal("2KiB-5"));
    }

    /// <summary>The sector sealed anew, whose C1 output is the reference's.</summary>
    private static PartitionWitness Witness(SealVector seal)
    {
        using var sector = new SealedSector(seal.Config, seal.Inputs, seal.Data());
        var (output, _) = sector.Commit1(Commit1Form.Api);
        Assert.Equal(seal.Output("c1_api")?.Digest, Convert.ToHexStringLower(SHA256.HashData(output)));
        var reader = new Commit1Reader(new MemoryStream(output), seal.Config);
        VanillaProof[] vanilla = [reader.ReadProof(), reader.ReadProof()];
        return new PartitionWitness(
            seal.Inputs.ReplicaId(seal.Config), seal.Inputs.CommD, seal.Inputs.CommR, vanilla);
    }

    private static CircuitId Circuit(CircuitKind kind) => new(kind, SectorShape.Parse("2KiB"));

    /// <summary>From C1's output to a proof that the reference's key accepts, where parameters are at hand.</summary>
    private void AssertCommit2(SealVector seal)
    {
        var request = new Commit2Request
        {
            Config = seal.Config,
            ProverId = seal.Inputs.ProverId,
            Sector = seal.Inputs.Sector,
            Ticket = seal.Inputs.Ticket,
            Seed = seal.Inputs.Seed,
        };
        var result = Commit2Phase.Run(
            request,
            new MemoryStream(Vectors.Read("seals/c1-2KiB-5.json")),
            new ParameterCache(_folder.Path),
            ParameterPolicy.Devnet,
            new SealOptions(),
            null,
            default);

        Assert.Equal((seal.Inputs, ParameterOrigin.TestParameters), (result.Inputs, result.Origin));
        var verifier = new Groth16Verifier(ProofVector.Key("porep-2KiB"));
        Assert.True(SealProofs.TryVerify(seal.Config, seal.Inputs, result.Proof.Span, verifier, out _));
        Assert.Throws<ParameterFileException>(() => Commit2Phase.Run(
            request,
            new MemoryStream(Vectors.Read("seals/c1-2KiB-5.json")),
            new ParameterCache(_folder.Path),
            ParameterPolicy.Production,
            new SealOptions(),
            null,
            default));
    }

    private void AssertPost(PostKind kind, string circuit)
    {
        var proofs = ProofVector.All.Where(vector => vector.Circuit == circuit).ToList();
        var posts = PostVector.All.Where(vector => vector.Config.Kind == kind).ToList();
        Assert.Equal(proofs.Count, posts.Count);
        foreach (var (vector, post) in proofs.Zip(posts))
        {
            using var sectors = new PostSectors(post.Seals);
            var vanilla = PostVanillaPhase.Run(
                post.Config, post.Randomness, sectors.Replicas(post.Sectors), new SealOptions(), null, default);
            AssertProofs(
                PostProofs.CircuitOf(post.Config).Kind,
                vector,
                partition => new PostCircuit(
                    post.Config, PostPartitionWitness.Of(vanilla.Statement!, vanilla.Proofs, partition)));
        }
    }

    private void AssertProofs(CircuitKind kind, ProofVector vector, Func<int, ICircuit> circuitOf)
    {
        using var parameters = MappedParameters.Open(
            new ParameterCache(_folder.Path), Circuit(kind), ParameterPolicy.Devnet, default);
        Assert.Equal(ParameterOrigin.TestParameters, parameters.Origin);
        for (var partition = 0; partition < vector.Inputs.Count; partition++)
        {
            var witness = WitnessSystem.Evaluate(circuitOf(partition));
            Assert.Equal(-1, witness.FirstUnsatisfiedRow());
            Assert.Equal(vector.Inputs[partition], witness.Inputs[1..]);

            var proof = Groth16Prover.Prove(
                parameters, witness, vector.R[partition], vector.S[partition], Environment.ProcessorCount,
                progress: null, default);

            var expected = vector.Proof.AsSpan(partition * Groth16Proof.SizeBytes, Groth16Proof.SizeBytes);
            Assert.Equal(Convert.ToHexStringLower(expected), Convert.ToHexStringLower(Groth16Proof.ToBytes(proof)));
        }
    }

    private void Generate(CircuitKind kind, string circuit, string parameters, string key)
    {
        using var secrets = KnownSecrets.Of(circuit);
        var made = ParameterGenerator.Generate(
            Circuit(kind),
            CircuitDescriptions.Of(Circuit(kind)),
            _folder.Path,
            secrets,
            Environment.ProcessorCount,
            null,
            default);

        Assert.Equal((key, parameters), (made.VerifyingKeySha256, made.ParametersSha256));
    }
}
