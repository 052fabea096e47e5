using Federation.MinerAgent.Jobs;
using Federation.MinerAgent.Workers;
using Federation.Proto.Gates;
using Microsoft.Extensions.Logging.Abstractions;

namespace Federation.MinerAgent.Tests.Jobs;

public sealed class OutboxTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Put_NextLife_HasTheResultWhole()
    {
        var entry = new OutboxEntry(
            new TaskKey(7, 2, 3, "PC2", "2-4"), "w", "h", new TaskResult { Ok = true, CommR = "ab", Seconds = 1.5 });
        Open().Put(entry);
        Assert.Equal(entry, Assert.Single(Open().Entries));
    }

    [Fact]
    public void Remove_NextLife_HasItNoMore()
    {
        var key = new TaskKey(7, 2, 3, "PC2", "2-4");
        Open().Put(new OutboxEntry(key, "w", "h", new TaskResult()));
        var outbox = Open();
        outbox.Remove(key);
        outbox.Remove(key);
        Assert.Empty(Open().Entries);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"Key":null,"Worker":null,"Hostname":null,"Result":null}""")]
    [InlineData("""{"Key":{"Sector":7,"Epoch":2,"Order":3,"Phase":"PC2","Attempt":"2-4"},"Worker":"w","Hostname":"h","Result":"{"}""")]
    public void Open_AFileIsNoResult_SetsItAside(string text)
    {
        File.WriteAllText(_folder.In("7-3-PC2-2-4.result"), text);
        Assert.Empty(Open().Entries);
        Assert.True(File.Exists(_folder.In("7-3-PC2-2-4.result.unreadable")));
    }

    [Fact]
    public void Put_FolderCannotBeWritten_SaysSoAndKeepsItInMemory()
    {
        var (outbox, key) = (Open(), new TaskKey(7, 2, 3, "PC2", "2-4"));
        Directory.Delete(_folder.Path);
        Assert.ThrowsAny<IOException>(() => outbox.Put(new OutboxEntry(key, "w", "h", new TaskResult())));
        Assert.Equal(key, Assert.Single(outbox.Entries).Key);
        Directory.CreateDirectory(_folder.Path);
        outbox.Remove(key);
        Assert.Empty(outbox.Entries);
    }

    [Fact]
    public void SetUploaded_OrderOrCountGrows_IsToDoAgain()
    {
        Open().SetUploaded(7, 3, 0);
        Assert.True(Open().IsUploaded(7, 3, 0));
        Assert.False(Open().IsUploaded(7, 3, 1));
        Assert.False(Open().IsUploaded(7, 4, 0));
        Open().ForgetUploads(7);
        Assert.False(Open().IsUploaded(7, 3, 0));
    }

    private Outbox Open() => new(_folder.Path, NullLogger<Outbox>.Instance);
}
