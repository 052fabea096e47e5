using System.Text.Json;
using Federation.Proofs.Circuits;
using Federation.Proofs.Groth16;

namespace Federation.Proofs.Tests.Groth16;

/// <summary>
/// Records of seals that the reference implementation keeps, where they are at hand; the keys that would verify them
/// are not published with them.
/// </summary>
public sealed class RegressionRecordTests
{
    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("published/seal_regression_records-v16.json", 448, 442 + (6 * 10))]
    [InlineData("published/seal_regression_records-v18.json", 113, 88 + 10)]
    public void Record_EachOne_HasItsInputsAndItsProofsAreWrittenBackTheSame(string name, int records, int proofs)
    {
        var (seen, read) = (0, 0);
        foreach (var line in SharedVectors.Find(name) is { } path ? File.ReadLines(path) : [])
        {
            using var record = JsonDocument.Parse(line);
            read += Check(record.RootElement);
            seen++;
        }

        Assert.True((seen, read) == (0, 0) || (seen, read) == (records, proofs), $"{seen} records, {read} proofs");
    }

    /// <summary>Returns the number of proofs that are not aggregated.</summary>
    private static int Check(JsonElement record)
    {
        var config = Config(record.GetProperty("porep_config"));
        var inputs = PoRepPublicInputs.Of(config, Sector(record));
        Assert.Equal(config.Partitions, inputs.Length);
        Assert.All(inputs, list => Assert.Equal(3 + (18 * config.Shape.ChallengesPerPartition), list.Length));

        var bytes = Bytes(record.GetProperty("proof"));
        if (bytes.Length != config.Partitions * Groth16Proof.SizeBytes)
        {
            Assert.Equal(PoRepFeature.NonInteractive, config.Feature);
            return 0;
        }

        Assert.True(Groth16Proof.TryReadAll(bytes, config.Partitions, out var proofs, out var reason), reason);
        Assert.Equal(bytes, Groth16Proof.ToBytes(proofs));
        return proofs.Length;
    }

    private static SealConfig Config(JsonElement porep) => SealConfig.Create(
        porep.GetProperty("sector_size").GetInt64(),
        new Bytes32(Bytes(porep.GetProperty("porep_id"))),
        porep.GetProperty("api_version").GetString() switch
        {
            "V1_0_0" => ApiVersion.V1_0,
            "V1_1_0" => ApiVersion.V1_1,
            _ => ApiVersion.V1_2,
        },
        porep.GetProperty("api_features").ToString() switch
        {
            var text when text.Contains("Synthetic", StringComparison.Ordinal) => PoRepFeature.Synthetic,
            var text when text.Contains("NonInteractive", StringComparison.Ordinal) => PoRepFeature.NonInteractive,
            _ => PoRepFeature.Interactive,
        });

    private static SealPublicInputs Sector(JsonElement record) => new()
    {
        ProverId = Value(record, "prover_id"),
        Sector = record.GetProperty("sector_id").GetUInt64(),
        Ticket = Value(record, "ticket"),
        Seed = Value(record, "seed"),
        CommD = Value(record, "comm_d"),
        CommR = Value(record, "comm_r"),
    };

    private static Bytes32 Value(JsonElement record, string name) => new(Bytes(record.GetProperty(name)));

    private static byte[] Bytes(JsonElement list) => [.. list.EnumerateArray().Select(one => one.GetByte())];
}
