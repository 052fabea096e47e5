using System.Security.Cryptography;
using Federation.Proofs.Circuits;
using Federation.Proofs.Constraints;
using Federation.Proofs.Fields;
using Federation.Proofs.Groth16;
using Federation.Proofs.Groth16.Generation;
using Federation.Proofs.Groth16.Parameters;

namespace Federation.Proofs.Tests.Groth16.Generation;

public sealed class ParameterGeneratorTests : IDisposable
{
    private static readonly CircuitId Window = new(CircuitKind.WindowPost, SectorShape.Parse("2KiB"));

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The rows as the reference wrote them down, where they are at hand; otherwise our own.</summary>
    public static TheoryData<string> StreamedRows() =>
        SharedVectors.Find("circuits/window-2KiB.r1cs.gz") is { } path ? [path] : [""];

    [Theory]
    [Trait("Category", "Slow")]
    [MemberData(nameof(StreamedRows))]
    public void Generate_ReferencesRowsAndSecrets_AreItsParameters(string rows)
    {
        using var secrets = KnownSecrets.Of("window-2KiB");
        var circuit = rows.Length == 0
            ? CircuitDescriptions.Of(Window)
            : new StreamedCircuit(rows, new CircuitSize(21889, 23, 22128));
        var made = ParameterGenerator.Generate(Window, circuit, _folder.Path, secrets, 2, null, default);

        Assert.Equal("fbb5ecd2064efd8796640def20eb262abb4d795ee4748bb6965cce6a0ebd1dd5", made.VerifyingKeySha256);
        Assert.Equal("08d578b025177754dd7992ec03c129633e19034224a055b786f18cab276c85df", made.ParametersSha256);
    }

    [Fact]
    public void Generate_Files_HaveTheirDigestsBesideThem()
    {
        var made = Generate("one");

        foreach (var (path, digest) in new[]
        {
            (made.Parameters, made.ParametersSha256),
            (made.VerifyingKey, made.VerifyingKeySha256),
        })
        {
            Assert.Equal(digest, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))));
            Assert.Equal($"{digest}  {Path.GetFileName(path)}\n", File.ReadAllText(path + ".sha256"));
        }

        Assert.Equal(4, Directory.GetFiles(_folder.Path).Length);
    }

    [Fact]
    public void Generate_Twice_IsOtherSecretsEachTime()
    {
        using var known = KnownSecrets.Of("cubic");
        using var knownAgain = KnownSecrets.Of("cubic");

        Assert.NotEqual(Generate("one").ParametersSha256, Generate("two").ParametersSha256);
        Assert.Equal(Generate("three", known).ParametersSha256, Generate("four", knownAgain).ParametersSha256);
    }

    [Theory]
    [InlineData("one.params")]
    [InlineData("one.vk")]
    [InlineData("one.params.sha256")]
    [InlineData("one.vk.sha256")]
    public void Generate_ExistingFile_IsNotOverwritten(string name)
    {
        File.WriteAllText(_folder[name], "kept");

        var error = Assert.Throws<IOException>(() => Generate("one"));

        Assert.Equal($"{_folder[name]} exists, and parameters are never overwritten", error.Message);
        Assert.Equal("kept", File.ReadAllText(_folder[name]));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    /// <summary>What a file still has to write when it is given up, the disk has no room for either.</summary>
    [Theory]
    [InlineData("one.vk.tmp")]
    [InlineData("one.params.tmp")]
    public void Generate_FullDisk_LeavesNothing(string written)
    {
        File.CreateSymbolicLink(_folder[written], "/dev/full");

        var error = Assert.Throws<IOException>(() => Generate("one"));

        Assert.Contains("No space left on device", error.Message);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Generate_Cancelled_LeavesNothing()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => Generate("one", null, cancelled.Token));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Generate_CircuitOfAnotherName_IsRefused()
    {
        var error = Assert.Throws<ArgumentException>(
            () => ParameterGenerator.Generate(Window, new CubicCircuit(null), _folder.Path, 1, null, default));

        Assert.Equal("WindowPost 2KiB has 22 public inputs, the circuit given 1", error.Message);
    }

    [Fact]
    public void Generate_Progress_EndsAtOne()
    {
        var seen = new List<double>();
        using var secrets = ToxicWaste.Draw();

        var rows = new CubicCircuit(null);
        ParameterGenerator.Generate(
            _folder["p"], _folder["v"], rows, CountingSystem.Count(rows), secrets, 2, seen.Add, default);

        Assert.Equal(seen.Order(), seen);
        Assert.Equal(1, seen[^1]);
    }

    [Fact]
    public void Generate_VerifyingKey_IsWhereTheParametersBegin()
    {
        var made = Generate("one");

        var key = File.ReadAllBytes(made.VerifyingKey);
        Assert.Equal(key, File.ReadAllBytes(made.Parameters)[..key.Length]);
        Assert.Equal(1, VerifyingKey.FromBytes(key).PublicInputs);
    }

    [Fact]
    public void ToxicWaste_Disposed_IsWiped()
    {
        var secrets = ToxicWaste.Draw();
        Assert.DoesNotContain(Fr.Zero, Secrets());

        secrets.Dispose();

        Assert.All(Secrets(), secret => Assert.Equal(Fr.Zero, secret));
        Assert.DoesNotContain("0x", secrets.ToString());

        Fr[] Secrets() => [secrets.Alpha, secrets.Beta, secrets.Gamma, secrets.Delta, secrets.Tau];
    }

    private GeneratedParameters Generate(
        string name, ToxicWaste? given = null, CancellationToken cancellationToken = default)
    {
        using var drawn = ToxicWaste.Draw();
        var rows = new CubicCircuit(null);
        return ParameterGenerator.Generate(
            _folder[name + ".params"],
            _folder[name + ".vk"],
            rows,
            CountingSystem.Count(rows),
            given ?? drawn,
            2,
            null,
            cancellationToken);
    }
}
