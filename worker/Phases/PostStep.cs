using System.Diagnostics;
using System.Text.Json;
using Federation.Proofs;
using Federation.Proofs.Post;

namespace Federation.Worker.Phases;

/// <summary>
/// What <c>worker phase wdp|wnp</c> does after its options are read: prints one object and returns a refusal or null.
/// </summary>
internal static class PostStep
{
    public static Task<string?> WindowAsync(
        PhaseInput input, TextWriter output, CancellationToken cancellationToken)
    {
        var config = input.Post(PostKind.Window);
        var randomness = Randomness(input);
        return ProveAsync(config, randomness, input, Sectors(input), new PhaseReport(), output, cancellationToken);
    }

    /// <summary>Proves, of the eligible set, the sector that the randomness challenges.</summary>
    public static Task<string?> WinningAsync(
        PhaseInput input, TextWriter output, CancellationToken cancellationToken)
    {
        var config = input.Post(PostKind.Winning);
        var randomness = Randomness(input);
        var eligible = Sectors(input);
        var place = PostChallenges.WinningSector(input.ProverId(), randomness, eligible.Count);
        var report = new PhaseReport().Add("SectorIndex", json => json.WriteNumberValue(place));
        return ProveAsync(config, randomness, input, [eligible[place]], report, output, cancellationToken);
    }

    private static async Task<string?> ProveAsync(
        PostConfig config,
        Bytes32 randomness,
        PhaseInput input,
        IReadOnlyList<PostSectorEntry> sectors,
        PhaseReport report,
        TextWriter output,
        CancellationToken cancellationToken)
    {
        PostReplica[] replicas = [.. sectors.Select(sector => sector.Replica())];
        var watch = Stopwatch.StartNew();
        var result = await new PhaseRunner(input.SealOptions())
            .PostVanillaAsync(config, randomness, replicas, null, cancellationToken);
        await output.WriteLineAsync(report
            .Add("Sectors", json => WriteSectors(json, result))
            .Add("Faulty", json => WriteFaulty(json, result.Faulty))
            .Finish(watch.Elapsed));
        return result.Statement is null ? "no sector can be proved, all are faulty" : null;
    }

    private static IReadOnlyList<PostSectorEntry> Sectors(PhaseInput input)
    {
        var path = input.Text(input.Options.Sectors);
        var sectors = PostSectorFile.Read(path);
        return sectors.Count > 0
            ? sectors
            : throw new PhaseException(PhaseFault.InvalidInput, $"sectors file {path} names no sector");
    }

    private static Bytes32 Randomness(PhaseInput input) => PostStatement.Usable(input.Hex(input.Options.Randomness));

    private static void WriteSectors(Utf8JsonWriter json, PostVanillaResult result)
    {
        json.WriteStartArray();
        for (var i = 0; i < result.Proofs.Count; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("Sector", result.Proofs[i].Sector.Number);
            json.WriteNumber("Partition", i / result.Statement!.Config.SectorsPerPartition);
            json.WriteStartArray("Challenges");
            Array.ForEach(result.Statement.ChallengesOf(i), leaf => json.WriteNumberValue(leaf));
            json.WriteEndArray();
            json.WriteString("VanillaSHA256", Convert.ToHexStringLower(PostProofBincode.Digest(result.Proofs[i])));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFaulty(Utf8JsonWriter json, IReadOnlyList<FaultySector> sectors)
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
    }
}
