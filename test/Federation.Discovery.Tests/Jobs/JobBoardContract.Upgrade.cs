using Federation.Discovery.Store;
using Federation.Discovery.Tests.Support;
using Federation.Proto.Records;
using static Federation.Discovery.Tests.Support.BoardExtensions;

namespace Federation.Discovery.Tests.Jobs;

// Records of a newer program.
public abstract partial class JobBoardContract
{
    /// <summary>A program of version N handles what one of version N+1 wrote, all the way through the board.</summary>
    [StoreFact]
    public async Task Rewrites_MembersOfANewerVersion_AreKept()
    {
        var old = await _board.LeaseAsync();
        await using var lease = await _board.LeaseAsync();
        var key = _board.Keys.QueueOf(7);
        const string Newer = """
            {"version":9,"sector":"7","epoch":"0","newer":{"a":[1]},"spec":{"sector_size":"2048","mode":"x"},"order":{"number":1,"phases":["AP"],"hint":"h"}}
            """;
        var put = new PutOp(key, System.Text.Encoding.UTF8.GetBytes(Newer));
        await _board.Store.TxnAsync(new StoreTxn([], [put], []), CancellationToken.None).BoundAsync();

        var won = await _board.ClaimedAsync((await _board.ReadAsync<QueueRecord>(key))!, Agent("a"), old);
        AssertKept(won.Job.Original);
        await old.DisposeAsync();
        Assert.True(await _board.TryCommitAsync(_board.Reoffer(won.Job)));
        var offer = (await _board.ReadAsync<QueueRecord>(key))!;
        AssertKept(offer.Original);
        var again = await _board.ClaimedAsync(offer, Agent("b"), lease);
        AssertKept(again.Job.Original);
        Assert.Equal(("b", 2UL), (again.Job.Record.Agent, again.Job.Record.Epoch));

        static void AssertKept(ReadOnlyMemory<byte> json)
        {
            var root = System.Text.Json.JsonDocument.Parse(json).RootElement;
            Assert.Equal(9, root.GetProperty("version").GetInt32());
            Assert.Equal("[1]", root.GetProperty("newer").GetProperty("a").GetRawText());
            Assert.Equal("x", root.GetProperty("spec").GetProperty("mode").GetString());
            Assert.Equal("h", root.GetProperty("order").GetProperty("hint").GetString());
        }
    }
}
