using Federation.Proofs.Commit1;
using Federation.Proofs.Commit2;
using Federation.Proofs.Groth16.Parameters;

namespace Federation.Proofs.Tests.Commit2;

/// <summary>
/// What Commit2 refuses before it needs parameters. That it proves is shown where the reference's parameters are made.
/// </summary>
public sealed class Commit2PhaseTests : IDisposable
{
    private static readonly SealVector Seal = Vectors.Seal("2KiB-5");

    private static readonly byte[] Output = Vectors.Read("seals/c1-2KiB-5.json");

    private static readonly Bytes32 Other = new(Enumerable.Repeat((byte)1, 32).ToArray());

    private readonly TempFolder _folder = new();

    public static TheoryData<string, string> Refusals => new()
    {
        { "sector", "the C1 output is of another sector: its replica id is" },
        { "miner", "the C1 output is of another sector: its replica id is" },
        { "ticket", "the C1 output is of another sector or ticket: its ticket is" },
        { "CommD", "the C1 output is of another sector or of other data: its CommD is" },
        { "CommR", "the C1 output is of another sector's replica: its CommR is" },
        { "seed", "the C1 output is of another epoch's seed: its seed is" },
        { "shape", "the C1 output is not one of this kind of sector, or damaged:" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Run_OutputOfSomethingElse_IsRefusedInOneSentence(string what, string sentence)
    {
        var request = Request();
        request = what switch
        {
            "sector" => request with { Sector = request.Sector + 1 },
            "miner" => request with { ProverId = ProverId.FromActorId(1001) },
            "ticket" => request with { Ticket = Other },
            "CommD" => request with { CommD = Other },
            "CommR" => request with { CommR = Other },
            "seed" => request with { Seed = Other },
            _ => request with { Config = SealConfig.FromRegistered(6) },
        };

        var refusal = Assert.Throws<InvalidDataException>(() => Run(request, Output));

        Assert.StartsWith(sentence, refusal.Message);
    }

    /// <summary>The challenges follow from the seed: a file that only states another one does not pass.</summary>
    [Fact]
    public void Run_SeedExchangedInTheFile_IsRefusedByItsChallenges()
    {
        var request = Request() with { Seed = Other };
        using var honest = new MemoryStream();
        Rewrite(Output, Seal.Inputs with { Seed = Other }, Commit1Form.Api, honest);

        var refusal = Assert.Throws<InvalidDataException>(() => Run(request, honest.ToArray()));

        Assert.StartsWith("the C1 output does not hold at challenge", refusal.Message);
    }

    [Fact]
    public void Run_OneDigitAltered_IsRefused()
    {
        byte[] damaged = [.. Output];
        var place = damaged.AsSpan().IndexOf("\"rows\":"u8) + 20;
        damaged[place] = damaged[place] == (byte)'1' ? (byte)'2' : (byte)'1';

        Assert.Throws<InvalidDataException>(() => Run(Request(), damaged));
    }

    [Theory]
    [InlineData(Commit1Form.Api)]
    [InlineData(Commit1Form.Raw)]
    public void Run_OutputOfTheSectorInEitherForm_AsksForParametersByName(Commit1Form form)
    {
        using var output = new MemoryStream();
        Rewrite(Output, Seal.Inputs, form, output);

        var missing = Assert.Throws<MissingParametersException>(() => Run(Request(), output.ToArray()));

        Assert.Contains("the parameter file of circuit PoRep 2KiB is missing", missing.Message);
    }

    [Fact]
    public void Run_CommitmentsNotGiven_AreWhatTheOutputStates() =>
        Assert.Throws<MissingParametersException>(() => Run(Request() with { CommD = null, CommR = null }, Output));

    [Fact]
    public void Run_NonInteractive_IsRefused()
    {
        var refusal = Assert.Throws<NotSupportedException>(
            () => Run(Request() with { Config = SealConfig.FromRegistered(15) }, Output));

        Assert.Contains("Non-interactive", refusal.Message);
    }

    [Fact]
    public void Run_Cancelled_Ends()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => Run(Request(), Output, cancelled.Token));
    }

    private static Commit2Request Request() => new()
    {
        Config = Seal.Config,
        ProverId = Seal.Inputs.ProverId,
        Sector = Seal.Inputs.Sector,
        Ticket = Seal.Inputs.Ticket,
        Seed = Seal.Inputs.Seed,
        CommD = Seal.Inputs.CommD,
        CommR = Seal.Inputs.CommR,
    };

    private static void Rewrite(byte[] output, SealPublicInputs inputs, Commit1Form form, Stream target)
    {
        var reader = new Commit1Reader(new MemoryStream(output), Seal.Config);
        var writer = new Commit1Writer(target, Seal.Config, inputs, form);
        for (var i = 0; i < Seal.Config.Shape.ChallengesPerPartition; i++)
        {
            writer.Write(reader.ReadProof());
        }

        writer.Complete();
    }

    private void Run(Commit2Request request, byte[] output, CancellationToken cancellationToken = default) =>
        Commit2Phase.Run(
            request,
            new MemoryStream(output),
            new ParameterCache(_folder.Path),
            ParameterPolicy.Devnet,
            new SealOptions(),
            null,
            cancellationToken);
}
