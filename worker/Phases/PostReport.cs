using System.Text.Json;
using Federation.Proofs.Groth16;
using Federation.Proofs.Post;

namespace Federation.Worker.Phases;

/// <summary>What a phase reports of proofs of spacetime.</summary>
internal static class PostReport
{
    /// <summary>Sectors with their challenges and, of those that are proved, the digest of the vanilla proof.</summary>
    public static PhaseReport AddSectors(
        this PhaseReport report, PostStatement? statement, IReadOnlyList<PostVanillaProof> proofs) =>
        report.Add("Sectors", json =>
        {
            json.WriteStartArray();
            for (var i = 0; i < (statement?.Sectors.Count ?? 0); i++)
            {
                WriteSector(json, statement!, i, i < proofs.Count ? proofs[i] : null);
            }

            json.WriteEndArray();
        });

    /// <summary>Sectors that cannot be proved, with the reason.</summary>
    public static PhaseReport AddFaulty(this PhaseReport report, IReadOnlyList<FaultySector> sectors) =>
        report.Add("Faulty", json =>
        {
            json.WriteStartArray();
            foreach (var sector in sectors)
            {
                json.WriteStartObject();
                json.WriteNumber("Sector", sector.Number);
                json.WriteString("Reason", sector.Reason);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });

    /// <summary>Proofs, one for each partition.</summary>
    public static PhaseReport AddProofs(this PhaseReport report, byte[] proofs) => report.Add("Proofs", json =>
    {
        json.WriteStartArray();
        foreach (var proof in proofs.Chunk(Groth16Proof.SizeBytes))
        {
            json.WriteStringValue(Convert.ToHexStringLower(proof));
        }

        json.WriteEndArray();
    });

    private static void WriteSector(
        Utf8JsonWriter json, PostStatement statement, int position, PostVanillaProof? proof)
    {
        json.WriteStartObject();
        json.WriteNumber("Sector", statement.Sectors[position].Number);
        json.WriteNumber("Partition", position / statement.Config.SectorsPerPartition);
        json.WriteStartArray("Challenges");
        Array.ForEach(statement.ChallengesOf(position), leaf => json.WriteNumberValue(leaf));
        json.WriteEndArray();
        if (proof is not null)
        {
            json.WriteString("VanillaSHA256", Convert.ToHexStringLower(PostProofBincode.Digest(proof)));
        }

        json.WriteEndObject();
    }
}
