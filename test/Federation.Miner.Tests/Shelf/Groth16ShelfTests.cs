using System.Security.Cryptography;
using System.Text.Json;
using Federation.Chain;
using Federation.Miner.Sectors;
using Federation.Miner.Shelf;
using Federation.Proofs;
using Federation.Proofs.Groth16.Parameters;
using Federation.Testing;

namespace Federation.Miner.Tests.Shelf;

/// <summary>A Groth16 proof is judged by the verifying key alone; values of the reference's 2KiB-5.</summary>
public sealed class Groth16ShelfTests : IDisposable
{
    private static readonly CircuitId Circuit = new(CircuitKind.PoRep, SectorShape.Parse("2KiB"));

    private readonly string _folder = Directory.CreateTempSubdirectory("groth16-shelf").FullName;
    private readonly RecordingLog _log = new();

    public Groth16ShelfTests()
    {
        Directory.CreateDirectory(Keys);
        File.Copy(Golden("porep-2KiB.vk"), KeyPath);
    }

    private string Keys => Path.Combine(_folder, "params");

    private string KeyPath => Path.Combine(Keys, Circuit.VerifyingKeyName);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Refusal_ReferencesProof_IsValidForItsOwnStatementAlone()
    {
        using var shelf = Shelf();
        var statement = Statement(await ReceiveAsync(shelf, ReferencesProof()));

        Assert.Null(await shelf.RefusalAsync(statement, default));

        foreach (var other in new[]
        {
            statement with { Miner = 1001 }, statement with { Seed = statement.CommD },
            statement with { Ticket = statement.Seed }, statement with { CommD = statement.CommR },
            statement with { CommR = statement.CommD },
        })
        {
            Assert.Contains("does not hold", await shelf.RefusalAsync(other, default), StringComparison.Ordinal);
        }

        Assert.Null(await shelf.RefusalAsync(statement, default));
        Assert.Equal(1, _log.Lines.Count(line => line.Text.Contains("TestParameters: " + KeyPath, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Refusal_ProofThatDoesNotHold_SaysWhy()
    {
        using var shelf = Shelf();
        var proof = ReferencesProof();
        proof[0] ^= 0x20;
        await AssertRefusesAsync(shelf, proof, "worker and miner need parameters of one making");
        await AssertRefusesAsync(shelf, new byte[192], "");
        await AssertRefusesAsync(shelf, ReferencesProof()[..191], "191 bytes, not 192");
        await AssertRefusesAsync(shelf, [.. ReferencesProof(), 0], "193 bytes, not 192");
    }

    [Fact]
    public async Task Refusal_KindThatIsNotKnown_IsNamed()
    {
        using var shelf = Shelf();
        var statement = Statement(await ReceiveAsync(shelf, ReferencesProof())) with { ProofKind = "stark" };
        Assert.Contains("'stark'", await shelf.RefusalAsync(statement, default), StringComparison.Ordinal);
    }

    /// <summary>No verdict on the proof: it is asked again, and good once the file is there.</summary>
    [Fact]
    public async Task Refusal_KeyIsMissingAndComesLater_IsToldOnceAndThenHolds()
    {
        using var shelf = Shelf();
        var statement = Statement(await ReceiveAsync(shelf, ReferencesProof()));
        File.Delete(KeyPath);

        var error = await Assert.ThrowsAsync<ProofUnjudgedException>(() => shelf.RefusalAsync(statement, default).AsTask());

        Assert.Contains($"PoRep 2KiB is missing: {KeyPath}: name the folder", error.Message, StringComparison.Ordinal);
        File.Copy(Golden("porep-2KiB.vk"), KeyPath);
        Assert.Null(await shelf.RefusalAsync(statement, default));
    }

    [Fact]
    public void Prepare_KeyIsMissing_SaysSoAndGoesOn()
    {
        File.Delete(KeyPath);
        TestKeys.In(Keys, logger: _log.For<VerifyingKeys>()).Prepare(Circuit);
        Assert.Contains(KeyPath, Assert.Single(_log.Lines).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusal_TestParametersWhereFilecoinsAreAskedFor_AreRefused()
    {
        using var shelf = new ProofShelf(
            Path.Combine(_folder, "proofs"), "t01000", TestKeys.In(Keys, new ParameterPolicy(true, VerifyDigests: true)));
        var statement = Statement(await ReceiveAsync(shelf, ReferencesProof()));

        var error = await Assert.ThrowsAsync<ProofUnjudgedException>(() => shelf.RefusalAsync(statement, default).AsTask());

        Assert.Contains("FIL_PROOFS_VERIFY_PRODUCTION_PARAMS", error.Message, StringComparison.Ordinal);
    }

    private static async Task AssertRefusesAsync(ProofShelf shelf, byte[] proof, string reason) => Assert.Contains(
        reason, await shelf.RefusalAsync(Statement(await ReceiveAsync(shelf, proof)), default), StringComparison.Ordinal);

    private static async Task<string> ReceiveAsync(ProofShelf shelf, byte[] proof)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(proof));
        await using var reception = shelf.Receive(1);
        await reception.WriteAsync(proof, default);
        Assert.True(await reception.KeepAsync(digest, default));
        return digest;
    }

    private static ProofStatement Statement(string digest) => new(
        SealConfig.FromRegistered(5), 1000, 1,
        Bytes32.FromHex("aeace3038d6b60c4ff75e528e9a982ad188c91c5b44143af51272c1ca89b9d0a"),
        Bytes32.FromHex("f269317c03c35da4db0bd5a102cc444f53cd97738a7c9a4016cec202cdf7a71d"),
        Bytes32.FromHex("b6bdab0cd7f0498c109a0037544c219b86bf4639c130b5583e70a328bdb72339"),
        Bytes32.FromHex("e0ed51b4daf33f49d970cba21d2e3bca545b53e6785789981ddde9b901f5be98"), "groth16", digest);

    private static byte[] ReferencesProof()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Golden("proofs.json")));
        return Convert.FromHexString(document.RootElement.EnumerateArray()
            .Single(vector => vector.GetProperty("name").GetString() == "porep 2KiB-5")
            .GetProperty("proof").GetString()!);
    }

    private ProofShelf Shelf() =>
        new(Path.Combine(_folder, "proofs"), "t01000", TestKeys.In(Keys, logger: _log.For<VerifyingKeys>()));

    private static string Golden(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Federation.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("Federation.sln is above no folder");
        }

        return Path.Combine(folder.FullName, "test", "vectors", "groth16", name);
    }
}
