using System.Text;
using System.Text.Json;
using Federation.Proofs;
using Federation.Proofs.Commit1;
using Federation.Proofs.Pieces;
using Federation.Proofs.Post;
using Federation.Worker.External;
using Federation.Worker.Phases;
using Federation.Worker.Processor;

namespace Federation.Worker.Tests.External;

/// <summary>
/// The lines as docs/external-prover.md has them: others have built programs on these names, so they are frozen here.
/// </summary>
public sealed class ProcessorWireTests
{
    private const string Sector5 = """
        {"miner":1000,"number":1,"prover_id":"e807000000000000000000000000000000000000000000000000000000000000","seal_proof":5,"sector_size":2048,"porep_id":"0500000000000000000000000000000000000000000000000000000000000000","api_version":"1.1","feature":""}
        """;

    private static readonly Bytes32 A = Filled(0xaa), B = Filled(0xbb), C = Filled(0xcc), D = Filled(0xdd);

    private static readonly string TextA = A.ToString(), TextB = B.ToString(), TextC = C.ToString(), TextD = D.ToString();

    [Fact]
    public void AddPiece_TaskAndOutput_AreFrozen()
    {
        AssertTask(
            new AddPieceTask
            {
                Sector = Golden.Sector, ExistingPieces = [new PieceInfo(256, A)], PieceDataPath = "/d", UnsealedPath = "/u",
            },
            $$"""{"sector":{{Sector5}},"existing_pieces":[{"size":256,"comm_p":"{{TextA}}"}],"piece_data_path":"/d","unsealed_path":"/u"}""");
        AssertTask(
            new AddPieceOutcome(new PieceInfo(1024, B), [new PieceInfo(256, A), new PieceInfo(1024, B)], C),
            $$"""{"piece":{"size":1024,"comm_p":"{{TextB}}"},"pieces":[{"size":256,"comm_p":"{{TextA}}"},{"size":1024,"comm_p":"{{TextB}}"}],"comm_d":"{{TextC}}"}""");
    }

    [Fact]
    public void PreCommit1_TaskAndOutput_AreFrozen()
    {
        AssertTask(
            new PreCommit1Task
            {
                Sector = Golden.Sector, Ticket = A, Pieces = [new PieceInfo(2048, B)], UnsealedPath = "/u",
                CachePath = "/c", RecordedCachePath = "/r", Lanes = new LaneShare("g", 2),
            },
            $$"""{"sector":{{Sector5}},"ticket":"{{TextA}}","pieces":[{"size":2048,"comm_p":"{{TextB}}"}],"unsealed_path":"/u","sealed_path":null,"cache_path":"/c","recorded_cache_path":"/r"}""");
        AssertTask(
            new PreCommit1Outcome(A, B, Encoding.UTF8.GetBytes("""{"x":[1,2]}""")),
            $$$"""{"comm_d":"{{{TextA}}}","replica_id":"{{{TextB}}}","output":{"x":[1,2]}}""");
    }

    [Fact]
    public void PreCommit2_TaskAndOutput_AreFrozen()
    {
        AssertTask(
            new PreCommit2Task
            {
                Sector = Golden.Sector, Ticket = A, CommD = B, CachePath = "/c", LayersPath = "/l", SealedPath = "/s",
            },
            $$"""{"sector":{{Sector5}},"ticket":"{{TextA}}","comm_d":"{{TextB}}","cache_path":"/c","layers_path":"/l","recorded_cache_path":null,"sealed_path":"/s","clear":false}""");
        AssertTask(
            new PreCommit2Outcome(A, B, C, D, Encoding.UTF8.GetBytes("{}")),
            $$$"""{"comm_d":"{{{TextA}}}","comm_c":"{{{TextB}}}","comm_r_last":"{{{TextC}}}","comm_r":"{{{TextD}}}","output":{}}""");
    }

    [Fact]
    public void Commit1_TaskAndOutput_AreFrozen()
    {
        AssertTask(
            new Commit1Task
            {
                Sector = Golden.Sector, Ticket = A, Seed = B, CommD = C, CommR = D, CachePath = "/c", SealedPath = "/s",
                OutputPath = "/o", Form = Commit1Form.Raw,
            },
            $$"""{"sector":{{Sector5}},"ticket":"{{TextA}}","seed":"{{TextB}}","comm_d":"{{TextC}}","comm_r":"{{TextD}}","cache_path":"/c","sealed_path":"/s","output_path":"/o","form":"raw"}""");
        AssertTask(
            new Commit1Outcome(A, B, C, [[1, 2], [3]], 5, "ef"),
            $$"""{"comm_d":"{{TextA}}","comm_r":"{{TextB}}","replica_id":"{{TextC}}","challenges":[[1,2],[3]],"output_bytes":5,"output_sha256":"ef"}""");
    }

    [Fact]
    public void Commit2_TaskAndOutput_AreFrozen()
    {
        AssertTask(
            new Commit2Order
            {
                Sector = Golden.Sector, Ticket = A, Seed = B, CommD = C, CommR = D, Commit1OutputPath = "/o",
                ParametersPath = "/p",
            },
            $$"""{"sector":{{Sector5}},"ticket":"{{TextA}}","seed":"{{TextB}}","comm_d":"{{TextC}}","comm_r":"{{TextD}}","commit1_output_path":"/o","parameters_path":"/p"}""");
        AssertTask(
            new Commit2Answer(A, B, "ef"), $$"""{"comm_d":"{{TextA}}","comm_r":"{{TextB}}","proof":"ef"}""");
    }

    [Fact]
    public void Post_TaskAndOutput_AreFrozen()
    {
        AssertTask(
            new PostOrder
            {
                PostProof = 5, Randomness = A, ParametersPath = null,
                Sectors = [new PostOrder.Replica(7, B, "/c", "/s")],
            },
            $$"""{"post_proof":5,"sector_size":null,"api_version":null,"randomness":"{{TextA}}","sectors":[{"number":7,"comm_r":"{{TextB}}","cache_path":"/c","sealed_path":"/s"}],"parameters_path":null}""");
        AssertTask(
            new PostAnswer(["ab"], [new FaultySector(7, "gone")]),
            """{"proofs":["ab"],"faulty":[{"number":7,"reason":"gone"}]}""");
    }

    /// <summary>What may be left out: nobody has to write what follows from the number, or null.</summary>
    [Theory]
    [InlineData("""{"miner":1000,"number":1,"seal_proof":5}""")]
    [InlineData("""{"miner":1000,"number":1,"seal_proof":5,"sector_size":null,"future":{"x":1}}""")]
    public void Sector_ByItsNumberAlone_IsRead(string json) =>
        Assert.Equal(Golden.Sector, JsonSerializer.Deserialize<PhaseSector>(json, ProcessorJson.Options));

    [Fact]
    public void Sector_WithoutANumber_IsReadByItsShape()
    {
        var config = SealConfig.Create(4096, A, ApiVersion.V1_2, PoRepFeature.Synthetic);
        var sector = new PhaseSector(config, 1, 2);
        var json = JsonSerializer.Serialize(sector, ProcessorJson.Options);

        Assert.Contains("\"seal_proof\":null,\"sector_size\":4096", json);
        Assert.Contains("\"api_version\":\"1.2\",\"feature\":\"synthetic\"", json);
        Assert.Equal(sector, JsonSerializer.Deserialize<PhaseSector>(json, ProcessorJson.Options));
    }

    [Theory]
    [InlineData("""{"miner":1000,"number":1}""", "a sector needs seal_proof, or sector_size with porep_id")]
    [InlineData("""{"miner":1000,"number":1,"seal_proof":77}""", "unknown registered seal proof 77")]
    [InlineData("""{"number":1,"seal_proof":5}""", "miner")]
    [InlineData("""{"miner":1000,"number":1,"sector_size":2048,"porep_id":"00"}""", "64 hexadecimal digits are needed")]
    public void Sector_ThatIsNone_IsRefused(string json, string reason) => Assert.Contains(
        reason,
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<PhaseSector>(json, ProcessorJson.Options)).Message);

    [Theory]
    [InlineData("""{"size":100,"comm_p":"AA"}""")]
    [InlineData("""{"size":2048}""")]
    [InlineData("""{"size":2048,"comm_p":null}""")]
    public void Piece_ThatIsNone_IsRefused(string json) => Assert.Throws<JsonException>(
        () => JsonSerializer.Deserialize<PieceInfo>(json, ProcessorJson.Options));

    [Fact]
    public void Phases_OfConfigurationAndCommand_AreTheSame() => Assert.Equal(
        ExternalConfig.Phases.Select(phase => phase.ToLowerInvariant()), ProcessorPhases.Names.Take(5));

    /// <summary>As written, and read back and written again.</summary>
    private static void AssertTask<T>(T value, string json)
    {
        Assert.Equal(json, JsonSerializer.Serialize(value, ProcessorJson.Options));
        Assert.Equal(
            json,
            JsonSerializer.Serialize(JsonSerializer.Deserialize<T>(json, ProcessorJson.Options), ProcessorJson.Options));
    }

    private static Bytes32 Filled(byte value) => new(Enumerable.Repeat(value, 32).ToArray());
}
