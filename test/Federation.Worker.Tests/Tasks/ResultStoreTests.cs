using Federation.Proto.Gates;
using Federation.Worker.Tasks;
using Microsoft.Extensions.Logging.Abstractions;

namespace Federation.Worker.Tests.Tasks;

public sealed class ResultStoreTests
{
    [Fact]
    public void Open_AFileIsTorn_SetsItAsideAndReadsTheOthers()
    {
        using var folder = new TempFolder();
        var id = Guid.NewGuid().ToString();
        new ResultStore(folder.Path, NullLogger<ResultStore>.Instance)
            .Put(new KeptResult(new Assign { TaskId = id }, new TaskResult { TaskId = id, Ok = true }));
        File.WriteAllText(folder.In("torn.json"), "{\"Task\": ");
        var reopened = new ResultStore(folder.Path, NullLogger<ResultStore>.Instance);
        Assert.Equal(id, Assert.Single(reopened.All).Task.TaskId);
        Assert.True(File.Exists(folder.In("torn.json.unreadable")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"Task":null,"Result":null}""")]
    [InlineData("""{"Task":"{","Result":"{}"}""")]
    [InlineData("""{"Task":"{\"sector\":\"x\"}","Result":"{}"}""")]
    public void Open_AFileIsNoResult_SetsItAside(string text)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.In("r.json"), text);
        Assert.Empty(new ResultStore(folder.Path, NullLogger<ResultStore>.Instance).All);
        Assert.True(File.Exists(folder.In("r.json.unreadable")));
    }

    [Fact]
    public void Put_IdIsAPath_IsRefused()
    {
        using var folder = new TempFolder();
        var store = new ResultStore(folder.In("results"), NullLogger<ResultStore>.Instance);
        Assert.Throws<FormatException>(
            () => store.Put(new KeptResult(new Assign { TaskId = "../../x" }, new TaskResult())));
    }
}
