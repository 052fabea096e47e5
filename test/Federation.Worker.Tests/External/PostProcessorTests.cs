using System.Text.Json;
using Federation.Hosting.Config;
using Federation.Proofs;
using Federation.Proofs.Circuits;
using Federation.Proofs.Groth16;
using Federation.Proofs.Groth16.Generation;
using Federation.Proofs.Groth16.Parameters;
using Federation.Proofs.Post;
using Federation.Worker.External;
using Federation.Worker.Processor;
using Microsoft.Extensions.Logging.Abstractions;

namespace Federation.Worker.Tests.External;

/// <summary><c>worker processor wdp|wnp</c> as a process, over the reference's sectors.</summary>
public sealed class PostProcessorTests : IDisposable
{
    private static readonly SectorShape Shape = SectorShape.Parse("2KiB");

    private static readonly Bytes32 Randomness =
        Bytes32.FromHex("88358ff5271d88d239937f7d09d213bef809c39323578572fe488510d302411a");

    private static readonly Bytes32 CommR0 =
        Bytes32.FromHex("22d3fdd2718455e8dbd90ebaa61b08ffd4cf5a04a21c76f13ae93cb34cb50f0f");

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// A third sector has no files: it is named, and the others are proved; alone it leaves no proof.
    /// </summary>
    [Fact]
    public async Task Window_TwoGoodSectorsAndAFaultyOne_ProvesTheGood()
    {
        var circuit = new CircuitId(CircuitKind.WindowPost, Shape);
        ParameterGenerator.Generate(
            circuit, CircuitDescriptions.Of(circuit), _folder.In("params"), 2, null, default);
        await using var pool = Pool("WDP");

        var answer = await pool.AskAsync(Task(Order(5) with { ParametersPath = _folder.In("params") }), default)
            .WaitAsync(Programs.Limit);

        Assert.Null(answer.ErrMsg);
        var output = answer.Output!.Value.Deserialize<PostAnswer>(ProcessorJson.Options)!;
        Assert.Equal(7UL, Assert.Single(output.Faulty).Number);
        var statement = new PostStatement(
            PostConfig.FromRegistered(5), Randomness, [new PostSector(0, CommR0), new PostSector(1, Golden.CommR)]);
        var key = CircuitKey.Read(
            new ParameterCache(_folder.In("params")), circuit, ParameterPolicy.Devnet);
        Assert.True(PostProofs.TryVerify(
            statement, Convert.FromHexString(Assert.Single(output.Proofs)), new Groth16Verifier(key.Key), out var reason),
            reason);

        var gone = Order(5) with { Sectors = [Order(5).Sectors[2]], ParametersPath = _folder.In("params") };
        answer = await pool.AskAsync(Task(gone), default).WaitAsync(Programs.Limit);
        output = answer.Output!.Value.Deserialize<PostAnswer>(ProcessorJson.Options)!;
        Assert.Empty(output.Proofs);
        Assert.Contains("is missing", Assert.Single(output.Faulty).Reason);
    }

    [Fact]
    public async Task Winning_NoParametersOrAnotherKind_SaysSo()
    {
        await using var pool = Pool("WNP");
        var one = Order(0) with { Sectors = [Order(0).Sectors[1]], ParametersPath = _folder.In("none") };

        var missing = await pool.AskAsync(Task(one), default).WaitAsync(Programs.Limit);
        Assert.Contains("the parameter file of circuit", missing.ErrMsg);
        Assert.Equal("storage", missing.Fault);

        var other = await pool.AskAsync(Task(Order(5)), default).WaitAsync(Programs.Limit);
        Assert.Contains("post_proof 5 is a Window PoSt, not a Winning PoSt", other.ErrMsg);
        Assert.Equal("invalid_input", other.Fault);
    }

    /// <summary>Before a sector is looked at: what is asked about has no files.</summary>
    [Fact]
    public async Task Window_NoParametersAndNoSector_NamesTheParameters()
    {
        await using var pool = Pool("WDP");
        var gone = Order(5) with { Sectors = [Order(5).Sectors[2]], ParametersPath = _folder.In("none") };

        var answer = await pool.AskAsync(Task(gone), default).WaitAsync(Programs.Limit);

        Assert.Contains("the parameter file of circuit", answer.ErrMsg);
        Assert.Equal("storage", answer.Fault);
    }

    private static ProgramPool Pool(string phase) => new(
        Programs.Own(phase), ProgramEnvironment.Of(ConfigLoader.ProcessEnvironment(), new Dictionary<string, string?>()),
        new PatientTime(), NullLogger.Instance);

    private static JsonElement Task(PostOrder order) => JsonSerializer.SerializeToElement(order, ProcessorJson.Options);

    private PostOrder Order(int proof) => new()
    {
        PostProof = proof,
        Randomness = Randomness,
        Sectors = [Replica(0, CommR0, "2KiB-0"), Replica(1, Golden.CommR, "2KiB-5"),
            new PostOrder.Replica(7, CommR0, _folder.In("gone"), _folder.In("gone/sealed"))],
    };

    private static PostOrder.Replica Replica(ulong number, Bytes32 commR, string name) => new(
        number, commR, Golden.PathOf($"seals/{name}"), Golden.PathOf($"seals/{name}/sealed"));
}
