using System.Numerics;
using System.Text;
using Federation.Proofs.Commit1;
using Federation.Proofs.Verification;

namespace Federation.Proofs.Tests.Verification;

public sealed class VanillaProofVerifierTests
{
    private const string Prefix = "vanilla_proofs.StackedDrg2KiBV1.";

    private static readonly byte[] Proof = Vectors.Read("seals/c1-2KiB-5.json");
    private static readonly byte[] TopProof = Vectors.Read("seals/c1-raw-32KiB.json");
    private static readonly BigInteger Modulus = BigInteger.Parse(
        "052435875175126190479447740508185965837690552500527637822603658699938581184513");

    /// <summary>Every kind of number in the file; for lists, of which 32 numbers are one value.</summary>
    public static TheoryData<string> Kinds => [.. JsonNumbers.Find(Proof).Keys];

    /// <summary>What a shape with sub and top trees has besides.</summary>
    public static TheoryData<string> UpperKinds =>
        [.. JsonNumbers.Find(TopProof).Keys.Where(kind => kind.Contains("sub_proof") || kind.Contains("top_proof"))];

    /// <summary>Kinds of the proofs that are values of 32 bytes.</summary>
    public static TheoryData<string> ValueKinds => [.. JsonNumbers.Find(Proof)
        .Where(found => found.Key.StartsWith(Prefix) && found.Value.Count % 32 == 0)
        .Select(found => found.Key)];

    [Theory]
    [InlineData("2KiB-5", "c1-2KiB-5.json")]
    [InlineData("32KiB", "c1-raw-32KiB.json")]
    public void Verify_ReferencesProof_IsAccepted(string seal, string file) =>
        Assert.Equal(VerificationResult.Accepted, Verify(seal, Vectors.Read($"seals/{file}")));

    [Fact]
    public void Kinds_WholeFile_AreAllOfTheFormat()
    {
        Assert.Equal(37, Kinds.Count);
        Assert.Equal(16, UpperKinds.Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Verify_AnyBitOfAnyKind_IsRefused(string kind) =>
        AssertBitsRefused("2KiB-5", Proof, kind, bitsPerByte: kind.StartsWith(Prefix) ? 8 : 1);

    // What the file says of its sector stands at its end, behind all proofs: here without them, bit by bit.
    [Theory]
    [InlineData("CommR")]
    [InlineData("CommD")]
    [InlineData("ReplicaId")]
    [InlineData("Seed")]
    [InlineData("Ticket")]
    public void CheckTrailer_AnyBit_IsRefused(string name)
    {
        var vector = Vectors.Seal("2KiB-5");
        var replicaId = vector.Inputs.ReplicaId(vector.Config);
        var honest = new Commit1Trailer(
            vector.Inputs.CommR, vector.Inputs.CommD, replicaId, vector.Inputs.Seed, vector.Inputs.Ticket);
        Assert.True(VanillaProofVerifier.CheckTrailer(vector.Inputs, replicaId, honest).IsValid);
        for (var bit = 0; bit < 256; bit++)
        {
            var changed = honest with { };
            Flip(changed, name, bit);

            Assert.Equal(
                VanillaFailure.Statement, VanillaProofVerifier.CheckTrailer(vector.Inputs, replicaId, changed).Failure);
        }
    }

    [Theory]
    [MemberData(nameof(UpperKinds))]
    public void Verify_ABitOfEachByteOfUpperPath_IsRefused(string kind) =>
        AssertBitsRefused("32KiB", TopProof, kind, bitsPerByte: 1);

    [Theory]
    [MemberData(nameof(ValueKinds))]
    public void Verify_ValuePlusModulus_IsRefused(string kind)
    {
        var numbers = JsonNumbers.Find(Proof)[kind];
        for (var first = 0; first < numbers.Count; first += 32)
        {
            var value = numbers.GetRange(first, 32).Select(number => (byte)JsonNumbers.Value(Proof, number)).ToArray();
            var wider = (new BigInteger(value, isUnsigned: true) + Modulus).ToByteArray(isUnsigned: true);
            if (wider.Length > 32)
            {
                continue;
            }

            var bytes = Proof;
            for (var i = 31; i >= 0; i--)
            {
                bytes = JsonNumbers.Replace(bytes, numbers[first + i], i < wider.Length ? wider[i] : 0u);
            }

            Assert.False(Verify("2KiB-5", bytes).IsValid, $"{kind}, value {first / 32}");
        }
    }

    [Theory]
    [InlineData("CommD")]
    [InlineData("CommR")]
    [InlineData("Ticket")]
    [InlineData("Seed")]
    [InlineData("ProverId")]
    public void Verify_AnyBitOfPublicInput_IsRefused(string name)
    {
        for (var bit = 0; bit < 256; bit++)
        {
            var inputs = Vectors.Seal("2KiB-5").Inputs with { };
            Flip(inputs, name, bit);

            Assert.False(
                VanillaProofVerifier.Verify(SealConfig.FromRegistered(5), inputs, new MemoryStream(Proof)).IsValid,
                $"bit {bit}");
        }
    }

    [Fact]
    public void Verify_AnyBitOfSectorNumber_IsRefused()
    {
        var inputs = Vectors.Seal("2KiB-5").Inputs;
        for (var bit = 0; bit < 64; bit++)
        {
            var other = inputs with { Sector = inputs.Sector ^ (1UL << bit) };

            Assert.False(
                VanillaProofVerifier.Verify(SealConfig.FromRegistered(5), other, new MemoryStream(Proof)).IsValid);
        }
    }

    [Fact]
    public void Verify_AnotherSectorsValidProof_IsRefused()
    {
        var other = Vectors.Seal("2KiB-5-cc");
        using var sector = new SealedSector(other.Config, other.Inputs, other.Data());
        var (output, _) = sector.Commit1(Commit1Form.Api);

        Assert.True(Verify("2KiB-5-cc", output).IsValid);
        Assert.False(Verify("2KiB-5", output).IsValid);
    }

    [Fact]
    public void Verify_AnotherSeedsValidProof_IsRefused()
    {
        var vector = Vectors.Seal("2KiB-5");
        using var sector = new SealedSector(vector.Config, vector.Inputs with { Seed = default }, vector.Data());
        var (output, _) = sector.Commit1(Commit1Form.Api);

        Assert.True(VanillaProofVerifier.Verify(vector.Config, sector.Inputs, new MemoryStream(output)).IsValid);
        Assert.False(Verify("2KiB-5", output).IsValid);
    }

    // A sector that is sealed honestly from other data proves its own CommD, never another.
    [Fact]
    public void Verify_ValidProofForAnotherCommD_IsRefused()
    {
        var vector = Vectors.Seal("2KiB-5");
        var other = vector.Inputs with { CommD = Vectors.Seal("2KiB-5-cc").Inputs.CommD };
        var result = VanillaProofVerifier.Verify(vector.Config, other, new MemoryStream(Proof));

        Assert.False(result.IsValid);
    }

    [Fact]
    public void Verify_AnotherConfiguration_IsMalformed()
    {
        var result = VanillaProofVerifier.Verify(
            SealConfig.FromRegistered(0), Vectors.Seal("2KiB-5").Inputs, new MemoryStream(Proof));

        Assert.Equal(VanillaFailure.Malformed, result.Failure);
    }

    [Theory]
    [InlineData("\"comm_r\":[", VanillaFailure.Statement)]
    [InlineData("\"comm_d\":[", VanillaFailure.Statement)]
    [InlineData("\"replica_id\":[", VanillaFailure.Statement)]
    [InlineData("\"seed\":[", VanillaFailure.Statement)]
    [InlineData("\"ticket\":[", VanillaFailure.Statement)]
    [InlineData("\"layer_index\":", VanillaFailure.LabelParents)]
    [InlineData("\"node\":", VanillaFailure.LabelParents)]
    [InlineData("\"column\":{\"index\":", VanillaFailure.NodeIndex)]
    [InlineData("\"rows\":[[", VanillaFailure.ColumnHash)]
    [InlineData("\"parents\":[[", VanillaFailure.LabelParents)]
    [InlineData("\"comm_d_proofs\":{\"data\":{\"Single\":{\"root\":[", VanillaFailure.DataInclusion)]
    [InlineData("\"comm_r_last_proof\":{\"data\":{\"Single\":{\"root\":[", VanillaFailure.CommR)]
    public void Verify_FieldChanged_NamesTheFailure(string before, VanillaFailure failure)
    {
        var start = Encoding.ASCII.GetString(Proof).IndexOf(before, StringComparison.Ordinal) + before.Length;
        var number = JsonNumbers.Find(Proof).Values
            .SelectMany(numbers => numbers)
            .Single(found => found.Start == start);
        var bytes = JsonNumbers.Replace(Proof, number, JsonNumbers.Value(Proof, number) ^ 1);

        Assert.Equal(failure, Verify("2KiB-5", bytes).Failure);
    }

    private static void AssertBitsRefused(string seal, byte[] json, string kind, int bitsPerByte)
    {
        var numbers = JsonNumbers.Find(json)[kind];
        var isValue = numbers.Count % 32 == 0;
        foreach (var number in numbers.Take(isValue ? 32 : 1))
        {
            for (var bit = 0; bit < (isValue ? bitsPerByte : 64); bit++)
            {
                var changed = JsonNumbers.Replace(json, number, JsonNumbers.Value(json, number) ^ (1UL << bit));

                Assert.False(Verify(seal, changed).IsValid, $"{kind} at byte {number.Start}, bit {bit}");
            }
        }
    }

    private static void Flip(object record, string name, int bit)
    {
        var property = record.GetType().GetProperty(name)!;
        var bytes = ((Bytes32)property.GetValue(record)!).ToArray();
        bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        property.SetValue(record, new Bytes32(bytes));
    }

    private static VerificationResult Verify(string seal, byte[] json) =>
        VanillaProofVerifier.Verify(Vectors.Seal(seal).Config, Vectors.Seal(seal).Inputs, new MemoryStream(json));
}
