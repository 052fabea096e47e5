using Federation.Storage.Attempts;

namespace Federation.Storage.Tests;

/// <summary>No text that came from elsewhere becomes a path unless it was parsed into a type first.</summary>
public sealed class PathSafetyTests : IDisposable
{
    private static readonly SectorId Sector = new(1000, 7);
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Holes =>
    [
        "", ".", "..", "../x", "../../etc/passwd", "/etc/passwd", "cache/..", "cache/../x", "cache/./x", "cache//x",
        "cache/x/y", "cache/", "cache", "%2e%2e/x", "%2e%2e%2fx", "%252e%252e%252fx", "cache/%2e%2e", "cache\\x",
        "..\\x", "cache/x\0", "cache/x\0.dat", "CACHE/x", "Sealed", "SEALED", "sealed/", "sealed/x",
        "unsealed/../sealed",
        "cache/.hidden", "cache/x y", "cache/x\n", "cache/é", "attempt.json", "manifest.json", "update", " sealed",
    ];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Holes))]
    public void AttemptFileName_OfHole_IsRefused(string text)
    {
        Assert.False(AttemptFileName.TryParse(text, out _));
        Assert.Throws<FormatException>(() => AttemptFileName.Parse(text));
    }

    [Theory]
    [MemberData(nameof(Holes))]
    public void SectorIdAndTypeAndPhaseAndAttempt_OfHole_AreRefused(string text)
    {
        Assert.False(SectorId.TryParse(text, out _));
        Assert.False(SealingPhases.TryParse(text, out _));
        Assert.False(AttemptId.TryParse(text, out _));
        Assert.Equal(text is "cache" or "update", SectorFileTypes.TryParse(text, out _));
    }

    [Theory]
    [InlineData("s-t01000-7 ")]
    [InlineData("S-t01000-7")]
    [InlineData("s-f01000-7")]
    [InlineData("s-t1000-7")]
    [InlineData("s-t001000-7")]
    [InlineData("s-t01000-07")]
    [InlineData("s-t01000-+7")]
    [InlineData("s-t01000--7")]
    [InlineData("s-t01000-7/..")]
    [InlineData("s-t01000-7%00")]
    [InlineData("s-t01000-７")]
    [InlineData("s-t01000-18446744073709551616")]
    [InlineData("s-t0-")]
    public void SectorId_NotCanonical_IsRefused(string text) => Assert.False(SectorId.TryParse(text, out _));

    [Theory]
    [InlineData("s-t01000-7", 1000UL, 7UL)]
    [InlineData("s-t00-0", 0UL, 0UL)]
    [InlineData("s-t018446744073709551615-18446744073709551615", ulong.MaxValue, ulong.MaxValue)]
    public void SectorId_Canonical_RoundTrips(string text, ulong miner, ulong number)
    {
        Assert.Equal(new SectorId(miner, number), SectorId.Parse(text));
        Assert.Equal(text, new SectorId(miner, number).Name);
    }

    [Theory]
    [InlineData("cache")]
    [InlineData("cache/s-t01000-7")]
    [InlineData("cache/s-t01000-7/p_aux")]
    public void Resolve_SymbolicLinkBelowRoot_IsRefused(string link)
    {
        var storage = _folder.Attach();
        var elsewhere = Path.Combine(_folder.Root, "elsewhere");
        Directory.CreateDirectory(elsewhere);
        var path = Path.Combine(storage.Root, link);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Directory.CreateSymbolicLink(path, elsewhere);

        var error = Assert.Throws<StorageException>(() => storage.PathOf(Sector, AttemptFileName.InCache("p_aux")));
        Assert.Equal($"{path} is a symbolic link, expected a folder of the storage: remove it.", error.Message);
    }

    [Fact]
    public void Publish_LinkPlantedInAttempt_IsRefusedAndItsTargetStays()
    {
        var storage = _folder.Attach();
        var secret = Path.Combine(_folder.Root, "secret");
        File.WriteAllText(secret, "secret");
        var attempt = storage.Attempts(Sector, SealingPhase.AddPiece).Create(1, 1);
        File.CreateSymbolicLink(Path.Combine(attempt.Root, "unsealed"), secret);

        Assert.Throws<StorageException>(() => attempt.Complete());
        storage.Attempts(Sector, SealingPhase.AddPiece).Delete(attempt.Id);
        Assert.Equal("secret", File.ReadAllText(secret));
    }

    [Fact]
    public void Remove_LinkInCache_DeletesTheLinkOnly()
    {
        var storage = _folder.Attach();
        var elsewhere = Directory.CreateDirectory(Path.Combine(_folder.Root, "elsewhere")).FullName;
        File.WriteAllText(Path.Combine(elsewhere, "kept"), "kept");
        var cache = Directory.CreateDirectory(storage.Paths(Sector).Cache).FullName;
        Directory.CreateSymbolicLink(Path.Combine(cache, "link"), elsewhere);

        new SectorFiles(storage).Remove(Sector);

        Assert.False(Directory.Exists(cache));
        Assert.Equal("kept", File.ReadAllText(Path.Combine(elsewhere, "kept")));
    }

    [Fact]
    public void Complete_StrayFile_IsRefusedByName()
    {
        var attempt = _folder.Attach().Attempts(Sector, SealingPhase.AddPiece).Create(1, 1);
        File.WriteAllText(Path.Combine(attempt.Root, "stray"), "x");

        Assert.Contains("'stray'", Assert.Throws<StorageException>(() => attempt.Complete()).Message,
            StringComparison.Ordinal);
    }
}
