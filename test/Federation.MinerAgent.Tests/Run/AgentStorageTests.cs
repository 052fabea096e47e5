using Federation.Hosting;
using Federation.MinerAgent.Run;
using Federation.Storage.Config;

namespace Federation.MinerAgent.Tests.Run;

public sealed class AgentStorageTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public AgentStorageTests() => Directory.CreateDirectory(_folder.In("repo"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_PathsThatSealAndStore_AreAllThere()
    {
        Attach("a", "id-1");
        Attach("b", "id-2");

        Assert.Equal(["id-1", "id-2"], AgentStorage.Describe(AgentStorage.Open(_folder.In("repo")))
            .Select(path => path.Id));
    }

    [Fact]
    public void Open_TwoPathsWithOneId_IsRefusedByName()
    {
        Attach("a", "id-1");
        Attach("b", "id-1");

        var error = Assert.Throws<OperatorException>(() => AgentStorage.Open(_folder.In("repo")));

        Assert.Equal($"storage paths {_folder.In("a")} and {_folder.In("b")} have the same id id-1", error.Message);
        Assert.Contains("storage.json", error.Remedy, StringComparison.Ordinal);
    }

    private void Attach(string name, string id) => StoragePaths.Attach(
        _folder.In("repo"), _folder.In(name), new SectorStoreConfig { Id = id, CanSeal = true, CanStore = true });
}
