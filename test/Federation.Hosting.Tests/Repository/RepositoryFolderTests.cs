using Federation.Hosting.Net;
using Federation.Hosting.Repository;

namespace Federation.Hosting.Tests.Repository;

public sealed class RepositoryFolderTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public void Create_ThenOpen_KeepsTheIdentity()
    {
        using var folder = new TempFolder();
        Guid id;
        using (var created = RepositoryFolder.Create(folder["repo"], "miner"))
        {
            id = created.Id;
        }

        using var opened = RepositoryFolder.Open(folder["repo"], "miner");

        Assert.NotEqual(Guid.Empty, id);
        Assert.Equal(id, opened.Id);
    }

    [Fact]
    public void Create_Twice_IsRefusedAndFreesTheLock()
    {
        using var folder = new TempFolder();
        RepositoryFolder.Create(folder.FullName, "miner").Dispose();

        var error = Assert.Throws<OperatorException>(() => RepositoryFolder.Create(folder.FullName, "miner"));

        Assert.Equal($"repository at '{folder.FullName}' is already initialized", error.Message);
        RepositoryFolder.Open(folder.FullName, "miner").Dispose();
    }

    [Fact]
    public void Create_Interrupted_IsNoRepositoryAndCanBeRepeated()
    {
        using var folder = new TempFolder();
        Assert.Throws<InvalidDataException>(() => RepositoryFolder.Create(folder.FullName, "miner", made =>
        {
            made.GetOrCreateJwtSecret();
            throw new InvalidDataException("interrupted");
        }));
        Assert.False(RepositoryFolder.Exists(folder.FullName));
        Assert.Throws<OperatorException>(() => RepositoryFolder.Open(folder.FullName, "miner"));

        Guid id;
        byte[] secret = [];
        using (var made = RepositoryFolder.Create(
            folder.FullName, "miner", made => secret = made.GetOrCreateJwtSecret()))
        {
            id = made.Id;
        }

        using var opened = RepositoryFolder.Open(folder.FullName, "miner");
        Assert.Equal(id, opened.Id);
        Assert.Equal(secret, opened.GetOrCreateJwtSecret());
    }

    [Fact]
    public void ReadJwtSecret_WhileHeld_IsTheHoldersSecret()
    {
        using var folder = new TempFolder();
        using var held = RepositoryFolder.Create(folder.FullName, "miner");
        var none = Assert.Throws<OperatorException>(() => RepositoryFolder.ReadJwtSecret(folder.FullName, "miner"));
        Assert.Contains("has no key for its tokens", none.Message, StringComparison.Ordinal);

        var secret = held.GetOrCreateJwtSecret();
        Assert.Equal(secret, RepositoryFolder.ReadJwtSecret(folder.FullName, "miner"));
        Assert.Contains("run 'miner init'", Assert.Throws<OperatorException>(
            () => RepositoryFolder.ReadJwtSecret(folder["none"], "miner")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NeverMade_NamesTheRemedy()
    {
        using var folder = new TempFolder();

        var error = Assert.Throws<OperatorException>(() => RepositoryFolder.Open(folder["none"], "miner"));

        Assert.Equal($"repo at '{folder["none"]}' is not initialized, run 'miner init' to set it up", error.Message);
        Assert.False(Directory.Exists(folder["none"]));
    }

    [Fact]
    public void Open_WhileHeld_IsRefusedUntilReleased()
    {
        using var folder = new TempFolder();
        using (RepositoryFolder.Create(folder.FullName, "miner"))
        {
            var error = Assert.Throws<OperatorException>(() => RepositoryFolder.Open(folder.FullName, "miner"));
            Assert.StartsWith("repo is already locked", error.Message, StringComparison.Ordinal);
            Assert.NotNull(error.Remedy);
        }

        RepositoryFolder.Open(folder.FullName, "miner").Dispose();
    }

    [Fact]
    public void Open_IdDamaged_IsRefused()
    {
        using var folder = new TempFolder();
        RepositoryFolder.Create(folder.FullName, "miner").Dispose();
        File.WriteAllText(folder["repository-id"], "not an id");

        var error = Assert.Throws<OperatorException>(() => RepositoryFolder.Open(folder.FullName, "miner"));

        Assert.Equal($"the file {folder["repository-id"]} holds no repository id", error.Message);
    }

    [Fact]
    public void Create_FolderIsAFile_IsOneSentence()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["repo"], "");

        var error = Assert.Throws<OperatorException>(() => RepositoryFolder.Create(folder["repo"], "miner"));

        Assert.StartsWith(
            $"the repository '{folder["repo"]}' cannot be opened: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void JwtSecret_FirstUse_IsKeptAsLotusKeepsIt()
    {
        using var folder = new TempFolder();
        using var repository = RepositoryFolder.Create(folder.FullName, "miner");

        var secret = repository.GetOrCreateJwtSecret();

        var file = folder["keystore/MF2XI2BNNJ3XILLQOJUXMYLUMU"];
        Assert.Equal(32, secret.Length);
        Assert.Equal(secret, repository.GetOrCreateJwtSecret());
        Assert.Equal(
            $"{{\"Type\":\"jwt-hmac-secret\",\"PrivateKey\":\"{Convert.ToBase64String(secret)}\"}}",
            File.ReadAllText(file));
        Assert.Equal(OwnerOnly, Mode(file));
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, Mode(folder["keystore"]));
    }

    [Fact]
    public void JwtSecret_OpenToOthers_IsRefused()
    {
        using var folder = new TempFolder();
        using var repository = RepositoryFolder.Create(folder.FullName, "miner");
        repository.GetOrCreateJwtSecret();
        SetMode(folder["keystore/MF2XI2BNNJ3XILLQOJUXMYLUMU"], OwnerOnly | UnixFileMode.GroupRead);

        var error = Assert.Throws<OperatorException>(() => repository.GetOrCreateJwtSecret());

        Assert.EndsWith("are too relaxed: required: 0600, got: 0640", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"Type\":\"jwt-hmac-secret\",\"PrivateKey\":\"!\"}")]
    [InlineData("{\"Type\":\"bls\",\"PrivateKey\":\"AAAA\"}")]
    public void JwtSecret_Damaged_IsRefused(string content)
    {
        using var folder = new TempFolder();
        using var repository = RepositoryFolder.Create(folder.FullName, "miner");
        repository.GetOrCreateJwtSecret();
        File.WriteAllText(folder["keystore/MF2XI2BNNJ3XILLQOJUXMYLUMU"], content);

        var error = Assert.Throws<OperatorException>(() => repository.GetOrCreateJwtSecret());

        Assert.EndsWith("is damaged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TokenAndApi_Written_AreFoundByClientsUntilTheDaemonStops()
    {
        using var folder = new TempFolder();
        var address = new Multiaddr("ip4", "127.0.0.1", 2345, "http");
        using (var repository = RepositoryFolder.Create(folder.FullName, "miner"))
        {
            repository.WriteToken("tok");
            repository.WriteApi(address);

            Assert.Equal(OwnerOnly, Mode(folder["token"]));
            Assert.Equal("/ip4/127.0.0.1/tcp/2345/http", File.ReadAllText(folder["api"]));
            Assert.Equal(new ApiInfo("tok", address), RepositoryApi.Read(folder.FullName, "miner"));
        }

        var error = Assert.Throws<OperatorException>(() => RepositoryApi.Read(folder.FullName, "miner"));
        Assert.StartsWith(
            "could not get API info: could not get api endpoint: API not running (no endpoint)",
            error.Message,
            StringComparison.Ordinal);
        Assert.Equal("start the miner with 'miner run'", error.Remedy);
    }

    [Fact]
    public void Find_VariableSet_WinsOverFiles()
    {
        var info = RepositoryApi.Find("MINER_API_INFO", "tok:/ip4/10.0.0.5/tcp/1/http", "/nowhere", "miner");

        Assert.Equal("tok", info.Token);
    }

    [Theory]
    [InlineData("secret", "could not get API info: MINER_API_INFO is not valid: ")]
    [InlineData("", "could not get API info: repo at '/nowhere' is not initialized")]
    [InlineData(null, "could not get API info: repo at '/nowhere' is not initialized")]
    public void Find_Nothing_IsOneSentenceWithRemedy(string? variable, string start)
    {
        var error = Assert.Throws<OperatorException>(
            () => RepositoryApi.Find("MINER_API_INFO", variable, "/nowhere", "miner"));

        Assert.StartsWith(start, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.Remedy);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    [InlineData("auth-jwt-private", "MF2XI2BNNJ3XILLQOJUXMYLUMU")]
    public void FileNameOf_Name_IsBase32OfRfc4648(string name, string file) =>
        Assert.Equal(file, KeyStore.FileNameOf(name));

    private static UnixFileMode Mode(string path) =>
        OperatingSystem.IsWindows() ? throw new PlatformNotSupportedException() : File.GetUnixFileMode(path);

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }
}
