using System.Buffers.Binary;
using System.Security.Cryptography;
using Federation.Proofs.Groth16.Parameters;

namespace Federation.Proofs.Tests.Groth16.Parameters;

public sealed class ParameterCacheTests : IDisposable
{
    private static readonly CircuitId Window = new(CircuitKind.WindowPost, SectorShape.Parse("2KiB"));

    private readonly TempFolder _folder = new();
    private readonly ParameterCache _cache;

    public ParameterCacheTests() => _cache = new ParameterCache(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(ParameterFile.VerifyingKey)]
    [InlineData(ParameterFile.Parameters)]
    public void Require_Missing_NamesCircuitAndFileInOneSentence(ParameterFile file)
    {
        var error = Assert.Throws<MissingParametersException>(
            () => _cache.Require(Window, file, ParameterPolicy.Devnet, default));

        Assert.Equal(
            $"the parameter file of circuit WindowPost 2KiB is missing: {_cache.PathOf(Window, file)}", error.Message);
        Assert.Equal(ParameterState.Missing, _cache.Inspect(Window, file).State);
    }

    [Theory]
    [InlineData(ParameterFile.VerifyingKey)]
    [InlineData(ParameterFile.Parameters)]
    public void Require_ForeignDigest_IsTestParametersInADevnetOnly(ParameterFile file)
    {
        Write(file);

        var (path, origin) = _cache.Require(Window, file, ParameterPolicy.Devnet, default);

        Assert.Equal((_cache.PathOf(Window, file), ParameterOrigin.TestParameters), (path, origin));
        Assert.Contains("only a devnet", Refusal(ParameterPolicy.Production));
        Assert.Contains(
            "FIL_PROOFS_VERIFY_PRODUCTION_PARAMS",
            Refusal(new ParameterPolicy(AllowTestParameters: true, VerifyDigests: true)));

        string Refusal(ParameterPolicy policy) =>
            Assert.Throws<ParameterFileException>(() => _cache.Require(Window, file, policy, default)).Message;
    }

    [Theory]
    [InlineData(ParameterFile.VerifyingKey, 3075, "cut off: it ends at 3075, within section ic")]
    [InlineData(ParameterFile.VerifyingKey, 867, "cut off: it ends at 867, before section ic")]
    [InlineData(ParameterFile.VerifyingKey, 0, "cut off: it ends at 0, before section ic")]
    [InlineData(ParameterFile.VerifyingKey, 3077, "1 bytes behind its last section")]
    [InlineData(ParameterFile.Parameters, 3077, "cut off: it ends at 3077, before section h")]
    [InlineData(ParameterFile.Parameters, 3176, "cut off: it ends at 3176, within section h")]
    public void Require_WrongLength_IsRefusedWithWhereItEnds(ParameterFile file, int size, string reason)
    {
        var bytes = Bytes(file);
        Array.Resize(ref bytes, size);
        File.WriteAllBytes(_cache.PathOf(Window, file), bytes);

        AssertDamaged(file, reason);
    }

    [Fact]
    public void Require_KeyOfAnotherCircuit_SaysWhichInputsItHas()
    {
        Write(ParameterFile.VerifyingKey);
        var winning = Window with { Kind = CircuitKind.WinningPost };
        File.Move(
            _cache.PathOf(Window, ParameterFile.VerifyingKey), _cache.PathOf(winning, ParameterFile.VerifyingKey));

        var report = _cache.Inspect(winning, ParameterFile.VerifyingKey);

        Assert.Equal(ParameterState.Damaged, report.State);
        Assert.Equal(
            "its verifying key is for 22 public inputs, but WinningPost 2KiB has 132", report.Reason);
    }

    [Theory]
    [InlineData(4, 5, 6, 2, 2, "section h has 4 points")]
    [InlineData(3, 5, 6, 2, 1, "2 points of b in G1, but 1 in G2")]
    [InlineData(3, 5, 29, 2, 2, "29 points for 28 variables")]
    public void Require_CountsThatFitNoCircuit_IsRefused(int h, int l, int a, int b1, int b2, string reason)
    {
        File.WriteAllBytes(_cache.PathOf(Window, ParameterFile.Parameters), Parameters(h, l, a, b1, b2));

        AssertDamaged(ParameterFile.Parameters, reason);
    }

    [Fact]
    public void Check_RecordedDigest_FindsOneAlteredByte()
    {
        var path = Write(ParameterFile.Parameters);
        DigestFile.Write(path, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))));
        var good = _cache.Check(Window, ParameterFile.Parameters, default);
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);

        var altered = _cache.Check(Window, ParameterFile.Parameters, default);

        Assert.Equal((ParameterState.TestParameters, null), (good.State, good.Reason));
        Assert.Equal(32, good.Digest!.Length);
        Assert.Equal(ParameterState.Damaged, altered.State);
        Assert.Contains("was recorded when it was made", altered.Reason);
        Assert.Equal(ParameterState.TestParameters, _cache.Inspect(Window, ParameterFile.Parameters).State);
    }

    /// <summary>Proofs would be made with one key, and verified, in vain, by the other.</summary>
    [Fact]
    public void Check_KeyFileOfOtherParameters_IsRefused()
    {
        Write(ParameterFile.Parameters);
        var same = Write(ParameterFile.VerifyingKey);
        Assert.Equal(ParameterState.TestParameters, _cache.Check(Window, ParameterFile.Parameters, default).State);
        var key = File.ReadAllBytes(same);
        key[^1] ^= 1;
        File.WriteAllBytes(same, key);

        var report = _cache.Check(Window, ParameterFile.Parameters, default);

        Assert.Equal(ParameterState.Damaged, report.State);
        Assert.Equal($"its verifying key is not the one in {same}, by which its proofs would be verified", report.Reason);
    }

    /// <summary>Test parameters are known by their key, before the many bytes behind it are read.</summary>
    [Fact]
    public void Require_WholeDigestsButAForeignKey_ReadsNoMoreThanTheKey()
    {
        Write(ParameterFile.Parameters);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var policy = new ParameterPolicy(AllowTestParameters: true, VerifyDigests: true);

        Assert.Throws<ParameterFileException>(
            () => _cache.Require(Window, ParameterFile.Parameters, policy, cancelled.Token));
    }

    [Theory]
    [InlineData(false, null, "", " ", "0", "false", "FALSE", "off", "no")]
    [InlineData(true, "1", "true", "True", " 1 ", "on", "yes", "ja")]
    public void IsSet_Switch_IsOffOnlyWhenItSaysSo(bool isSet, params string?[] texts) =>
        Assert.All(texts, text => Assert.Equal(isSet, ParameterSettings.IsSet(text)));

    [Fact]
    public void Check_RecordThatIsNoDigest_IsRefused()
    {
        var path = Write(ParameterFile.VerifyingKey);
        File.WriteAllText(path + ".sha256", "none");

        var report = _cache.Check(Window, ParameterFile.VerifyingKey, default);

        Assert.Equal(ParameterState.Damaged, report.State);
        Assert.Contains("does not begin with a SHA-256", report.Reason);
    }

    [Fact]
    public void DigestFile_Existing_IsNotOverwritten()
    {
        var path = Write(ParameterFile.VerifyingKey);
        DigestFile.Write(path, new string('0', 64));

        Assert.Throws<IOException>(() => DigestFile.Write(path, new string('1', 64)));
        Assert.Equal(
            $"{new string('0', 64)}  {Window.VerifyingKeyName}\n", File.ReadAllText(path + ".sha256"));
    }

    private static byte[] Bytes(ParameterFile file) =>
        file == ParameterFile.VerifyingKey ? Key() : Parameters(h: 3, l: 5, a: 6, b1: 2, b2: 2);

    private static byte[] Key() => [.. new byte[864], .. Section(23, 96)];

    private static byte[] Parameters(int h, int l, int a, int b1, int b2) =>
        [.. Key(), .. Section(h, 96), .. Section(l, 96), .. Section(a, 96), .. Section(b1, 96), .. Section(b2, 192)];

    private static byte[] Section(int count, int pointSize)
    {
        var section = new byte[4 + (count * pointSize)];
        BinaryPrimitives.WriteInt32BigEndian(section, count);
        return section;
    }

    private string Write(ParameterFile file)
    {
        var path = _cache.PathOf(Window, file);
        File.WriteAllBytes(path, Bytes(file));
        return path;
    }

    private void AssertDamaged(ParameterFile file, string reason)
    {
        var error = Assert.Throws<ParameterFileException>(
            () => _cache.Require(Window, file, ParameterPolicy.Devnet, default));

        Assert.Contains(reason, error.Message);
        Assert.Equal(_cache.PathOf(Window, file), error.Path);
        Assert.Equal(ParameterState.Damaged, _cache.Check(Window, file, default).State);
    }
}
